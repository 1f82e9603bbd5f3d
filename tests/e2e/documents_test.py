"""Documents of 2020: every figure in them is the API's, and a browser shows them."""

import pathlib
import subprocess
import tempfile
import unittest

import grpc

from opened import Number, Page, read_csv, read_png, read_xlsx
from pair import EXAMPLE, ROUND, PairTest, PlayedTest, copy_of_example

from thidua.awards.v1 import document_service_pb2 as documents
from thidua.awards.v1 import round_service_pb2, rubric_service_pb2

KINDS = {
    "score-table": documents.DOCUMENT_KIND_SCORE_TABLE,
    "minutes": documents.DOCUMENT_KIND_MINUTES,
    "nomination-list": documents.DOCUMENT_KIND_NOMINATION_LIST,
    "submission-letter": documents.DOCUMENT_KIND_SUBMISSION_LETTER,
}
LANGUAGES = {"vi": documents.DOCUMENT_LANGUAGE_VI, "en": documents.DOCUMENT_LANGUAGE_EN}
FORMATS = {"html": documents.DOCUMENT_FORMAT_HTML, "csv": documents.DOCUMENT_FORMAT_CSV,
           "xlsx": documents.DOCUMENT_FORMAT_XLSX}
TITLES = {
    "matrix": {"vi": ("TT", "Nội dung, tiêu chí", "Điểm tối đa"), "en": ("No.", "Criterion", "Maximum")},
    "workings": {"vi": ("TT", "Nội dung, tiêu chí", "Điểm"), "en": ("No.", "Criterion", "Points")},
    "standings": {"vi": ("Hạng", "Đơn vị", "Điểm cơ bản"), "en": ("Rank", "Unit", "Base")},
    "nominations": {"vi": ("TT", "Tập thể được đề nghị"), "en": ("No.", "Nominee")},
}


def written(decimal, language):
    """A decimal as people write it, made here by another way than in the service."""
    text = f"{int(decimal.partition('.')[0]):,}" + decimal[len(decimal.partition('.')[0]):]
    return text.translate(str.maketrans(".,", ",.")) if language == "vi" else text


class Documents(PlayedTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rounds, rubrics = cls.pair.stub("round"), cls.pair.stub("rubric")
        cls.round = rounds.GetRound(round_service_pb2.GetRoundRequest(name=ROUND)).round
        cls.standings = {category.id: rounds.GetStandings(round_service_pb2.GetStandingsRequest(
            name=f"{ROUND}/standings/{category.id}")).standings for category in cls.round.categories}
        cls.rubrics = {category.id: rubrics.GetRubric(rubric_service_pb2.GetRubricRequest(
            name=category.rubric)).rubric for category in cls.round.categories}
        cls.sheets = {sheet.unit: sheet for sheet in rounds.ListScoreSheets(
            round_service_pb2.ListScoreSheetsRequest(parent=ROUND, page_size=1000)).score_sheets}
        nominations = rounds.ListNominations(
            round_service_pb2.ListNominationsRequest(parent=ROUND, page_size=1000)).nominations
        order = [category.id for category in cls.round.categories]
        cls.nominations = sorted(nominations, key=lambda n: (order.index(n.category), n.rank))

    def render(self, kind, form, language, **fields):
        return self.pair.stub("document").RenderDocument(documents.RenderDocumentRequest(
            name=ROUND, kind=KINDS[kind], format=FORMATS[form], language=LANGUAGES[language], **fields))

    def page(self, kind, language, **fields):
        return Page(self.render(kind, "html", language, **fields).content.decode())

    def matrix(self, category):
        """The figures of the score table, from the API: a row for each line, a column for each unit."""
        units = [self.sheets[standing.unit] for standing in self.standings[category].standings]
        rubric, rows = self.rubrics[category], []
        for g, group in enumerate(units[0].groups):
            rows.append([group.max_points, *(sheet.groups[g].points for sheet in units)])
            for i, line in enumerate(group.lines):
                rows.append([line.max_points, *(sheet.groups[g].lines[i].points for sheet in units)])
        rows.append([None, *(sheet.base_total for sheet in units)])
        for name in ("bonus", "penalty"):
            lines = getattr(units[0], f"{name}_lines")
            if not lines:
                continue
            rows.append([getattr(rubric, name).cap, *(getattr(sheet, name) for sheet in units)])
            for i, line in enumerate(lines):
                rows.append([line.max_points, *(getattr(sheet, f"{name}_lines")[i].points for sheet in units)])
        rows.append([None, *(sheet.total for sheet in units)])
        rows.append([None, *(str(standing.rank) for standing in self.standings[category].standings)])
        return rows

    def check_figures(self, cells, language):
        """Each figure is written as its value says, in the language."""
        for text, value, _, _ in cells:
            if value is not None:
                self.assertEqual(text, written(value, language))

    def test_the_score_table_has_the_points_of_every_line(self):
        for language in LANGUAGES:
            page = self.page("score-table", language)
            rows = list(page.rows(*TITLES["matrix"][language]))
            expected = [row for category in self.round.categories for row in self.matrix(category.id)]
            self.assertEqual([[cell[1] for cell in row[2:]] for row in rows], expected)
            for row in rows:
                self.check_figures(row, language)
                self.assertEqual((row[1][2], row[1][3]["scope"]), ("th", "row"))

    def workings(self, sheet):
        """Points and arithmetic of each row of a unit's sheet, from the API."""
        beginnings = {1: "", 2: "missing: ", 3: "does not apply: "}  # By basis.

        def lines(members):
            for line in members:
                times = f" × {line.redistribution}" if line.redistribution else ""
                yield line.criterion, line.points, beginnings[line.basis] + line.working + times

        for group in sheet.groups:
            yield group.id, group.points, ""
            yield from lines(group.lines)
        yield "", sheet.bonus, ""
        yield from lines(sheet.bonus_lines)
        yield "", sheet.penalty, ""
        yield from lines(sheet.penalty_lines)
        yield "", sheet.total, f"unrounded: {sheet.full_total}"

    def test_the_workings_are_those_of_the_sheets(self):
        page = self.page("score-table", "en", with_workings=True)
        found = [(row[0][0], row[2][1], row[4][0]) for row in page.rows(*TITLES["workings"]["en"])]
        expected = [row for category in self.round.categories
                    for standing in self.standings[category.id].standings
                    for row in self.workings(self.sheets[standing.unit])]
        self.assertEqual(found, expected)

    def test_the_minutes_have_the_standings(self):
        for language in LANGUAGES:
            rows = list(self.page("minutes", language).rows(*TITLES["standings"][language]))
            expected = [
                [str(s.rank), getattr(s.unit_title, language), s.base_total, s.bonus, s.penalty, s.total]
                for category in self.round.categories for s in self.standings[category.id].standings]
            found = [[row[0][1], row[1][0], *(cell[1] for cell in row[2:6])] for row in rows]
            self.assertEqual(found, expected)
            for row in rows:
                self.check_figures(row, language)

    def test_minutes_list_and_letter_have_the_nominations(self):
        expected = {language: [(getattr(n.unit_title, language), str(n.rank), n.total,
                                getattr(n.award_title, language)) for n in self.nominations]
                    for language in LANGUAGES}
        for kind in ("minutes", "nomination-list", "submission-letter"):
            for language in LANGUAGES:
                rows = list(self.page(kind, language).rows(*TITLES["nominations"][language]))
                found = [(row[1][0], row[-3][1], row[-2][1], row[-1][0]) for row in rows]
                self.assertEqual(found, expected[language], (kind, language))

    def test_every_page_is_whole_and_loads_nothing(self):
        for kind in KINDS:
            for language in LANGUAGES:
                page = self.page(kind, language, with_workings=True)
                self.assertEqual(page.language, language)
                self.assertEqual(page.loads, [])
                self.assertEqual(len(page.ids), len(set(page.ids)))
                self.assertIn(self.round.snapshot_hash, page.text)
                for drawing in page.drawings:
                    self.assertEqual(drawing["role"], "img")
                    self.assertLessEqual(set(drawing["aria-labelledby"].split()), set(page.ids))
                for table in page.tables:
                    self.assertEqual({(cell[2], cell[3]["scope"]) for cell in table[0]}, {("th", "col")})
                    self.assertEqual({len(row) for row in table}, {len(table[0])})

    def test_the_letter_has_the_form_of_an_official_document(self):
        text = self.page("submission-letter", "vi", letterhead=documents.Letterhead(
            number="12", place="Bắc Ninh", date="2020-12-05")).text
        for part in ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc", "Số: 12/TTr-CTĐ",
                     "Cụm thi đua Liên minh Hợp tác xã Đồng bằng sông Hồng và Duyên hải Bắc Bộ",
                     "Bắc Ninh, ngày 05 tháng 12 năm 2020", "Kính gửi: Liên minh Hợp tác xã Việt Nam",
                     "cho 06 tập thể", "Nơi nhận:"):
            self.assertIn(part, text)

    def test_the_minutes_say_who_was_passed_over_and_why(self):
        text = self.page("minutes", "vi").text
        self.assertIn("HTX rau an toàn Bắc Ninh (minh họa)96,00Tỉnh, thành phố đã đủ số cờ của đợt", text)
        self.assertIn("Không đạt điều kiện: Đủ báo cáo", text)

    def test_csv_has_the_figures_as_the_api_writes_them(self):
        for language in LANGUAGES:
            lines = read_csv(self.render("score-table", "csv", language).content)
            found = {(row["unit"], row["level"], row["id"]): (row["max_points"], row["points"], row["full_points"],
                                                              row["working"]) for row in lines}
            self.assertEqual(len(found), len(lines))
            expected = {}
            for sheet in self.sheets.values():
                for level, members in (("line", [l for g in sheet.groups for l in g.lines]),
                                       ("bonus_line", sheet.bonus_lines), ("penalty_line", sheet.penalty_lines)):
                    for line in members:
                        expected[sheet.unit, level, line.criterion] = (
                            line.max_points, line.points, line.full_points, line.working)
                for group in sheet.groups:
                    expected[sheet.unit, "group", group.id] = (group.max_points, group.points, "", "")
                rubric = self.rubrics[sheet.category]
                expected[sheet.unit, "base_total", ""] = ("", sheet.base_total, "", "")
                expected[sheet.unit, "bonus", ""] = (rubric.bonus.cap, sheet.bonus, "", "")
                expected[sheet.unit, "penalty", ""] = (rubric.penalty.cap, sheet.penalty, "", "")
                expected[sheet.unit, "total", ""] = ("", sheet.total, sheet.full_total, "")
            self.assertEqual(found, expected)
            standings = read_csv(self.render("minutes", "csv", language).content)
            self.assertEqual(
                [[row[key] for key in ("category", "unit", "rank", "base_total", "bonus", "penalty", "total",
                                       "decided_by", "failed_gates", "name")] for row in standings],
                [[c.id, s.unit, str(s.rank), s.base_total, s.bonus, s.penalty, s.total, s.decided_by,
                  " ".join(s.failed_gates), getattr(s.unit_title, language)]
                 for c in self.round.categories for s in self.standings[c.id].standings])
            for kind in ("nomination-list", "submission-letter"):
                rows = read_csv(self.render(kind, "csv", language).content)
                self.assertEqual(
                    [[row[key] for key in ("award", "unit", "province_unit", "rank", "total", "state", "grounds")]
                     for row in rows],
                    [[n.award, n.unit, n.province_unit, str(n.rank), n.total, "PROPOSED", n.grounds]
                     for n in self.nominations])

    def test_xlsx_has_the_figures_as_numbers(self):
        for language in LANGUAGES:
            sheets = read_xlsx(self.render("score-table", "xlsx", language).content)
            for category in self.round.categories:
                rows = sheets[getattr(category.title, language)]
                self.assertEqual(rows[1][:2], list(TITLES["matrix"][language][:2]))
                expected = [[figure or "" for figure in row] for row in self.matrix(category.id)]
                found = [row[2:] for row in rows[2:2 + len(expected)]]
                self.assertEqual(found, expected)
                self.assertEqual({type(cell) for row in found for cell in row if cell}, {Number})
            lines = sheets[{"vi": "Chi tiết điểm", "en": "Lines"}[language]]
            points = lines[1].index("points")
            total = [row[points] for row in lines[2:] if len(row) > points and row[lines[1].index("level")] == "total"]
            self.assertEqual(total, [self.sheets[s.unit].total for c in self.round.categories
                                     for s in self.standings[c.id].standings])

    def test_xlsx_of_the_other_kinds(self):
        sheets = read_xlsx(self.render("minutes", "xlsx", "vi").content)
        rows = sheets["Liên minh Hợp tác xã"][2:]
        self.assertEqual(
            [row[:6] for row in rows[:11]],
            [[str(s.rank), s.unit_title.vi, s.base_total, s.bonus, s.penalty, s.total]
             for s in self.standings["alliances"].standings])
        for kind in ("nomination-list", "submission-letter"):
            sheets = read_xlsx(self.render(kind, "xlsx", "en").content)
            self.assertEqual(len(sheets), 3)
            rows = [row for sheet in sheets.values() for row in sheet[2:] if len(row) > 4]
            self.assertEqual([(row[1], row[-2]) for row in rows],
                             [(n.unit_title.en, n.total) for n in self.nominations])

    def test_the_command_line_client_writes_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            self.pair.ctl("--language=vi", "document", ROUND, "minutes", "--details",
                          EXAMPLE / "documents/details.txtpb", cwd=folder)
            text = (pathlib.Path(folder) / "red-river-delta-2020.minutes.vi.html").read_text()
            self.assertIn("vào hồi 08 giờ 00, ngày 15 tháng 12 năm 2020", Page(text).text)
            self.pair.ctl("document", "red-river-delta-2020", "score-table", "--format=xlsx", "--to=x.xlsx", cwd=folder)
            self.assertEqual((pathlib.Path(folder) / "x.xlsx").read_bytes(),
                             self.render("score-table", "xlsx", "en").content)

    def test_what_is_wrong_is_refused(self):
        for fields, code in (({"category": "no-such"}, grpc.StatusCode.NOT_FOUND),
                             ({"letterhead": documents.Letterhead(date="2020-02-30")},
                              grpc.StatusCode.INVALID_ARGUMENT)):
            with self.assertRaises(grpc.RpcError) as caught:
                self.render("minutes", "html", "vi", **fields)
            self.assertEqual(caught.exception.code(), code)

    def chromium(self, folder, *options):
        done = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={folder}/profile",
             "--hide-scrollbars", "--window-size=1200,1700", *options],
            capture_output=True, timeout=120, check=False, cwd=folder)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return done.stdout.decode()

    def test_a_browser_shows_it(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "page.html"
            file.write_bytes(self.render("score-table", "html", "vi").content)
            dom = Page(self.chromium(folder, "--dump-dom", file.as_uri()))
            self.assertIn("Bảng tổng hợp điểm thi đua", dom.text)
            self.assertIn("100,78 ★", dom.text)
            self.assertEqual(len(dom.drawings), 6)
            self.chromium(folder, "--screenshot=page.png", file.as_uri())
            width, height, channels, rows = read_png((pathlib.Path(folder) / "page.png").read_bytes())
            self.assertEqual((width, height), (1200, 1700))
            pixels = [row[x * channels:x * channels + 3] for row in rows[::3] for x in range(0, width, 3)]
            share = {colour: pixels.count(colour) / len(pixels) for colour in (b"\xff\xff\xff", b"\x1d\x35\x57")}
            # A white sheet, the dark bars of those who are nominated, and ink on at least a fiftieth of it.
            self.assertGreater(share[b"\xff\xff\xff"], 0.5)
            self.assertGreater(share[b"\x1d\x35\x57"], 0.001)
            dark = sum(1 for pixel in pixels if max(pixel) < 120) / len(pixels)
            self.assertGreater(dark, 0.02)


class Hostile(PairTest):
    """A unit whose name is made to be taken for something else."""

    FORMULA = '=HYPERLINK("http://x";"y")'
    MARKUP = "<img src=x onerror=alert(1)>"

    def setUp(self):
        super().setUp()
        example = copy_of_example(self.pair.folder)
        file = example / "02-cooperatives.txtpb"
        text = file.read_text()
        for old, new in (("HTX lúa chất lượng cao Vĩnh Phúc (minh họa)", self.FORMULA),
                         ("HTX nhãn lồng Hưng Yên (minh họa)", self.MARKUP)):
            self.assertIn(old, text)
            text = text.replace(old, new.replace('"', '\\"'))
        file.write_text(text)
        self.pair.ctl("apply", example)

    def render(self, kind, form):
        return self.pair.stub("document").RenderDocument(documents.RenderDocumentRequest(
            name=ROUND, kind=KINDS[kind], format=FORMATS[form],
            language=documents.DOCUMENT_LANGUAGE_VI)).content

    def test_a_name_is_a_text_and_nothing_else(self):
        for kind in KINDS:
            page = Page(self.render(kind, "html").decode())
            self.assertEqual(page.loads, [])
            self.assertIn(self.FORMULA, page.text)
            self.assertIn(self.MARKUP, page.text)
            names = {row["name"] for row in read_csv(self.render(kind, "csv"))}
            self.assertIn("'" + self.FORMULA, names)
            self.assertIn(self.MARKUP, names)
            # read_xlsx refuses a formula.
            cells = {cell for rows in read_xlsx(self.render(kind, "xlsx")).values() for row in rows for cell in row}
            self.assertLessEqual({self.FORMULA, self.MARKUP}, cells)


if __name__ == "__main__":
    unittest.main()
