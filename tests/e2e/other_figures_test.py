"""The outcome follows from the figures: other figures, or the same in another order."""

import csv
import random
import shutil
import tempfile
import unittest

from pair import EXAMPLE, NOMINATED_2020, Pair, copy_of_example


def edit_table(path, change):
    """Rewrites the rows of a table of figures; comment lines and the header stay."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    rows = [rows[0]] + change(rows[0], rows[1:])
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("".join(comment + "\n" for comment in comments))
        csv.writer(out, lineterminator="\n").writerows(rows)


class OtherFigures(unittest.TestCase):

    def play(self, change_files):
        folder = tempfile.mkdtemp(prefix="thidua-example-")
        self.addCleanup(shutil.rmtree, folder)
        example = copy_of_example(folder)
        change_files(example)
        pair = Pair()
        self.addCleanup(pair.close)
        pair.ctl("apply", example)
        return pair

    def test_a_poor_year_of_ha_nam_gives_its_flag_to_vinh_phuc(self):
        def poor_year(header, rows):
            for row in rows:
                if row[0] == "ha-nam":
                    for code in ("COOP_NEW", "TRAINEES", "FUND_DISBURSED", "TRADE_PROMO", "VALUE_CHAIN"):
                        row[header.index(code)] = "1"
            return rows

        pair = self.play(lambda example: edit_table(example / "figures/alliance-annual.2020.csv", poor_year))
        nominated = pair.nominated_units()
        self.assertIn(("excellent-flag", "units/vinh-phuc"), nominated)
        self.assertNotIn(("excellent-flag", "units/ha-nam"), nominated)
        # Vĩnh Phúc has its one flag now, so the next agricultural cooperative moves up.
        self.assertNotIn(("flag-agri", "units/htx-nn-vinh-phuc"), nominated)

    def test_the_same_figures_in_another_order_give_byte_identical_sheets(self):
        def shuffle(header, rows):
            random.Random(20).shuffle(rows)
            return rows

        def shuffle_all(example):
            for table in (example / "figures").glob("*.csv"):
                edit_table(table, shuffle)
            # Another order of the imports, too.
            plan = example / "07-reports-2020.txtpb"
            lines = plan.read_text(encoding="utf-8").splitlines()
            imports = [line for line in lines if "import_csv" in line]
            rest = [line for line in lines if "import_csv" not in line]
            first = next(i for i, line in enumerate(rest) if line.startswith("step"))
            plan.write_text("\n".join(rest[:first] + imports[::-1] + rest[first:]) + "\n", encoding="utf-8")

        shuffled = self.play(shuffle_all)
        straight = self.play(lambda example: None)
        self.assertEqual(shuffled.sheets(), straight.sheets())
        self.assertEqual(len(straight.sheets()), 33)
        self.assertEqual(straight.nominated_units(), NOMINATED_2020)


if __name__ == "__main__":
    unittest.main()
