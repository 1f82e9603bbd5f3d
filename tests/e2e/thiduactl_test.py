"""Each command of thiduactl about reporting against the service it is for: what it writes, says and ends with."""

import csv
import re
import subprocess
import unittest

from command import FIGURES, KEY, NAME, CommandTest
from pair import BIN

WHY = "year-on-year/MEMBERS=Rà soát lại danh sách"

# Every command of thiduactl; those of a group behind it.
COMMANDS = [
    *("accept apply check cluster-year diff explain extend findings history import lock merge missing nominations reopen"
      " restate return series standings submissions submit totals units watch").split(),
    *(f"{group} {command}" for group, commands in {
        "audit": "list verify", "draft": "save submit withdraw", "form": "list show update",
        "indicator": "list show update", "pact": "achievements create revise show sign update", "submission": "show",
    }.items() for command in commands.split()),
]


class Help(unittest.TestCase):

    def test_every_command_has_an_example_that_names_it(self):
        for command in COMMANDS:
            with self.subTest(command):
                done = subprocess.run([BIN / "thiduactl", *command.split(), "--help"], capture_output=True, text=True,
                                      check=True)
                self.assertRegex(done.stdout, rf"Examples?:\n(  .*\n)*? +(.*\| )?thiduactl {command} ?")

    def test_no_command_is_forgotten_here(self):
        done = subprocess.run([BIN / "thiduactl", "--help"], capture_output=True, text=True, check=True)
        listed = set(re.findall(r"^  ([a-z][a-z-]+) {2,}", done.stdout, re.MULTILINE))
        self.assertEqual(listed, {command.split()[0] for command in COMMANDS})


class HandIn(CommandTest):

    def test_a_report_is_created_known_again_and_revised(self):
        self.assertEqual(self.submit()["outcome"], "OUTCOME_CREATED")
        self.assertEqual(self.submit()["outcome"], "OUTCOME_UNCHANGED")
        told = self.ends(0, "submit", *KEY, *FIGURES[:4], "COOP_NEW=n/a")
        self.assertIn("units/hai-phong/submissions/annual.2020.final  SUBMITTED  revision 2  REVISED", told)
        # What a resend leaves out is gone.
        self.assertEqual(self.figures(), {"COOP_TOTAL": "342", "COOP_AGRI": "166", "COOP_NONAGRI": "160", "PCF": "16",
                                          "COOP_NEW": "n/a"})
        self.assertEqual(self.figures(NAME, "--revision", 1)["COOP_NEW"], "28")

    def test_a_file_with_changes_on_top(self):
        file = self.write("report.txtpb", """unit: "units/hai-phong" form: "forms/annual" period: "2020"
            value_kind: VALUE_KIND_FINAL figures { indicator: "indicators/COOP_TOTAL" number: "342" }
            figures { indicator: "indicators/COOP_NEW" number: "28" }""")
        self.ends(0, "submit", "--file", file, "COOP_NEW=29", "MEMBERS=5", "--author", "Nguyễn Văn A, Chủ tịch")
        self.assertEqual(self.figures(), {"COOP_TOTAL": "342", "COOP_NEW": "29", "MEMBERS": "5"})
        self.assertIn("author: Nguyễn Văn A, Chủ tịch", self.ends(0, "submission", NAME))
        self.write("report.txtpb", "unit: units/hai-phong")
        self.assertIn("report.txtpb:1:", self.ends(2, "submit", "--file", file))
        self.assertIn("none.txtpb: cannot be read", self.ends(2, "submit", "--file", "none.txtpb"))

    def test_trying_out_stores_nothing(self):
        self.assertIn("validated only, nothing stored", self.ends(0, "submit", *KEY, *FIGURES, "--validate-only"))
        self.refused("RESOURCE_NOT_FOUND", "submission", NAME)
        self.assertIn("no submissions", self.ends(1, "submissions", "delta/2020"))

    def test_a_request_id_is_answered_once(self):
        request = ["submit", *KEY, *FIGURES, "--request-id", "6f1c1f0e-6f0e-4c43-9b4e-0d8a3f1d2c11"]
        first = self.json(*request)
        self.submit("COOP_TOTAL=343")
        self.assertEqual(self.json(*request), first)
        self.refused("REQUEST_ID_REUSED", "submit", *KEY, "COOP_TOTAL=344", *request[-2:])

    def test_a_rule_that_refuses(self):
        broken = ["COOP_TOTAL=342", "COOP_AGRI=166", "COOP_NONAGRI=159", "PCF=16", "COOP_NEW=400"]
        told = self.refused("RULE_BROKEN", "submit", *KEY, *broken)
        self.assertIn("`thiduactl check` shows all findings", told)
        told = self.ends(1, "check", *KEY, *broken)
        self.assertIn("hai-phong annual 2020 FINAL: would be refused, 2 rules broken, 0 to explain", told)
        self.assertRegex(told, r"ERROR +breakdowns/COOP_TOTAL/sector +341 +342 ")
        self.assertRegex(told, r"ERROR +rules/new-in-total .*More new ones than there are")
        self.assertIn("Số mới nhiều hơn tổng số", self.ends(1, "--language", "vi", "check", *KEY, *broken))
        self.assertIn("would be CREATED", self.ends(0, "check", *KEY, *FIGURES))

    def test_a_rule_that_warns_is_explained(self):
        # 192,263 of the year before are 32.33 % more.
        self.ends(0, "submit", *KEY[:5], "2019", *KEY[6:], "COOP_TOTAL=342", "MEMBERS=192263")
        told = self.refused("EXPLANATION_REQUIRED", "submit", *KEY, *FIGURES)
        self.assertIn("--explain 'FINDING=TEXT'", told)
        self.assertIn("--explain 'year-on-year/MEMBERS=...'", self.ends(1, "check", *KEY, *FIGURES))
        self.refused("FINDING_UNKNOWN", "submit", *KEY, *FIGURES, "--explain", "year-on-year/PCF=x")
        self.ends(0, "check", *KEY, *FIGURES, "--explain", WHY)
        self.assertIn("Rà soát lại danh sách", self.ends(0, "submit", *KEY, *FIGURES, "--explain", WHY))
        self.assertRegex(self.ends(1, "findings", "delta/2020"),
                         r"hai-phong/annual\.2020\.final +SUBMITTED +WARNING +year-on-year/MEMBERS .*Rà soát lại")
        self.assertIn("no findings", self.ends(0, "findings", "delta/2019"))
        self.assertEqual([each["unit"] for each in self.json("findings", "hai-phong", code=1)], ["units/hai-phong"])

    def test_what_cannot_be_sent_is_told_at_once(self):
        for figures, complaint in (
                (["COOP_TOTAL"], "`COOP_TOTAL` is not of the form CODE=NUMBER"),
                (["coop=1"], "`coop` in `coop=1` is no code"),
                (["PCF=1,5"], "PCF has a comma: 1,5"),
                (["PCF=1", "PCF=2"], "`PCF` is given twice"),
                (["PCF="], "there is no such figure to take away"),
                (["PCF=1", "--received", "2020-02-30"], "--received is not a day"),
                (["PCF=1", "--explain", "x"], "`x` is not of the form FINDING=TEXT"),
                (["--kind", "guess"], "--kind: guess not in {estimate,final}"),
                (["--unknown"], "--unknown")):
            with self.subTest(figures):
                self.assertIn(complaint, self.ends(2, "submit", *KEY, *figures))
        self.assertIn("the report needs --period, --kind", self.ends(2, "submit", *KEY[:4], "PCF=1"))

    def test_what_the_service_refuses_names_the_columns(self):
        told = self.refused("INVALID_DECIMAL", "submit", *KEY, "COOP_TOTAL=-1", "MEMBERS=many")
        self.assertIn("  COOP_TOTAL: must be at least 0 [FIGURE_OUT_OF_BOUNDS]\n", told)
        self.assertIn(": MEMBERS: there is a character that is no digit", told)
        self.assertEqual(told.count("no digit"), 1)
        self.refused("FORM_UNKNOWN", "submit", *KEY[:2], "--form", "monthly", *KEY[4:], "PCF=1")
        self.refused("REPORT_NOT_DUE", "submit", "--unit", "ha-nam", *KEY[2:], *FIGURES)

    def test_a_draft(self):
        self.assertIn("DRAFT", self.ends(0, "draft", "save", *KEY, "COOP_NEW=400"))
        self.assertIn("DRAFT", self.ends(0, "submission", "show", NAME))
        self.refused("REQUIRED_FIGURE_MISSING", "draft", "submit", NAME)
        self.ends(0, "draft", "save", *KEY, *FIGURES)
        self.refused("ETAG_MISMATCH", "draft", "submit", NAME, "--etag", "v1")
        self.assertIn("SUBMITTED  revision 1", self.ends(0, "draft", "submit", NAME))
        self.refused("ILLEGAL_STATE_CHANGE", "draft", "withdraw", NAME)
        other = "hai-duong/annual.2020.final"
        self.ends(0, "draft", "save", "--unit", "hai-duong", *KEY[2:], "COOP_NEW=1")
        self.assertIn("WITHDRAWN", self.ends(0, "draft", "withdraw", other))
        self.assertIn("SUBMISSION is required", self.ends(2, "draft", "submit"))


class Review(CommandTest):

    def test_sent_back_with_reasons_and_taken_in_the_end(self):
        self.submit()
        self.ends(0, "return", NAME, "--reviewer", "Trần Thị B", "--reason", "Chưa khớp", "--figure",
                  "COOP_NEW=thiếu quý IV", "--figure", "MEMBERS=gõ nhầm")
        told = self.ends(0, "submission", NAME)
        self.assertIn("returned by Trần Thị B: Chưa khớp\n  COOP_NEW: thiếu quý IV\n  MEMBERS: gõ nhầm\n", told)
        self.refused("is RETURNED; it is accepted when SUBMITTED", "accept", NAME)
        self.ends(0, "submit", *KEY, "COOP_TOTAL=342", "COOP_NEW=30")
        told = self.refused("ETAG_MISMATCH", "accept", NAME, "--etag", "v1")
        self.assertIn("read it again, then decide anew", told)
        self.assertIn("ACCEPTED  revision 2", self.ends(0, "accept", NAME))
        self.assertEqual([(version["state"], version.get("revision")) for version in self.json("history", NAME)],
                         [("STATE_SUBMITTED", 1), ("STATE_RETURNED", 1), ("STATE_SUBMITTED", 2), ("STATE_ACCEPTED", 2)])
        self.assertIn("returned by Trần Thị B: Chưa khớp", self.ends(0, "history", NAME))

    def test_all_at_once(self):
        self.submit()
        self.submit("COOP_TOTAL=1", key=["--unit", "hai-duong", *KEY[2:]])
        self.assertIn("0 of 0 accepted", self.ends(0, "accept", "--all", "delta/2020", "--kind", "estimate"))
        self.assertIn("2 of 2 accepted", self.ends(0, "accept", "--all", "delta/2020", "--form", "annual"))
        self.assertEqual([each["submission"]["state"] for each in self.json("lock", "--all", "delta/2020")],
                         2 * ["STATE_LOCKED"])
        self.assertRegex(self.ends(0, "submissions", "delta/2020", "--state", "locked"), "hai-duong(.*\n)+hai-phong")

    def test_one_that_is_refused_does_not_stop_the_others(self):
        self.submit()
        told = self.refused("units/ha-nam/submissions/annual.2020.final: NOT_FOUND", "accept",
                            "ha-nam/annual.2020.final", NAME)
        self.assertIn("hai-phong/submissions/annual.2020.final  ACCEPTED", told)

    def test_what_is_no_review(self):
        for arguments in (["accept"], ["accept", NAME, "--all", "delta/2020"], ["accept", NAME, "--period", "2020"],
                          ["accept", NAME, NAME, "--etag", "v1"], ["return", NAME, "--reviewer", "x"],
                          ["return", NAME, "--reviewer", "x", "--reason", "y", "--figure", "COOP_NEW"],
                          ["lock", "--all"]):
            with self.subTest(arguments):
                self.ends(2, *arguments)

    def test_figures_that_were_accepted_are_restated_and_compared(self):
        self.submit()
        self.ends(0, "submit", *KEY[:6], "--kind", "estimate", "COOP_TOTAL=340", "COOP_NEW=20")
        person = ["--reason", "Đếm trùng", "--approver", "Nguyễn Văn A"]
        self.refused("ILLEGAL_STATE_CHANGE", "restate", NAME, "COOP_NEW=27", *person)
        self.ends(0, "accept", NAME)
        self.assertIn("no differences", self.ends(0, "diff", NAME, "--since-accepted"))
        self.assertIn("ACCEPTED  revision 2", self.ends(0, "restate", NAME, "COOP_NEW=27", "MEMBERS=", *person))
        self.assertEqual(self.figures()["COOP_NEW"], "27")
        self.assertNotIn("MEMBERS", self.figures())
        self.refused("NOTHING_RESTATED", "restate", NAME, "COOP_NEW=27", *person)
        self.refused("ETAG_MISMATCH", "restate", NAME, "COOP_NEW=26", *person, "--etag", "v1")
        self.ends(2, "restate", NAME, *person)
        self.assertIn("approved by Nguyễn Văn A: Đếm trùng", self.ends(0, "submission", NAME))
        told = self.ends(1, "diff", NAME, "--from", 1, "--to", 2)
        self.assertRegex(told, r"COOP_NEW +Chỉ tiêu COOP_NEW +28 +27 +-1 +-3.57\n")
        self.assertRegex(told, r"MEMBERS +Chỉ tiêu MEMBERS +130,105 +missing\n")
        # 342 is 0.59 % more than 340; 27 is 35 % more than 20.
        changes = self.json("diff", NAME, "--with-estimate", code=1)["changes"]
        self.assertEqual([change.get("percent") for change in changes if "before" in change], ["0.59", "35"])
        self.ends(0, "restate", NAME, "--complete", "COOP_TOTAL=340", "COOP_NEW=20", *person)
        self.assertIn("no differences", self.ends(0, "diff", "hai-phong/annual.2020.estimate", NAME))
        for arguments in ([NAME], [NAME, "--from", 1, "--since-accepted"], [NAME, NAME, NAME], [NAME, "--from", 0],
                          ["hai-phong/annual.2020.estimate", "--with-estimate"]):
            with self.subTest(arguments):
                self.ends(2, "diff", *arguments)


class Import(CommandTest):

    TABLE = ("# of the whole year\nunit,COOP_TOTAL,COOP_NEW,MEMBERS,author\nhai-phong,342,28,130105,Chủ tịch\n"
             "hai-duong,492,-1,x,\nha-nam,273,16,190000,\n")
    OPTIONS = ["--form", "annual", "--period", "2020", "--kind", "final"]

    def read(self, name):
        with open(self.pair.folder / name, encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_each_row_is_stored_or_told_why_not(self):
        table = self.write("t.csv", self.TABLE)
        report = self.pair.folder / "report.csv"
        told = self.ends(1, "import", table, *self.OPTIONS, "--report", report)
        self.assertIn("line 3  hai-phong  created  revision 1\n", told)
        self.assertIn("3 rows: 1 created, 2 rejected\n", told)
        self.assertIn("t.csv:4: hai-duong: INVALID_ARGUMENT ", told)
        rows = self.read("report.csv")
        self.assertEqual([(row["line"], row["unit"], row["outcome"], row["revision"]) for row in rows],
                         [("3", "hai-phong", "CREATED", "1"), ("4", "hai-duong", "REJECTED", "0"),
                          ("5", "ha-nam", "REJECTED", "0")])
        self.assertEqual(rows[0]["submission"], "units/hai-phong/submissions/annual.2020.final")
        self.assertEqual(set(rows[1]["field"].split(";")), {"COOP_NEW", "MEMBERS"})
        self.assertRegex(rows[1]["message"], "MEMBERS: there is a character that is no digit")
        self.assertRegex(rows[1]["message"], "COOP_NEW: must be at least 0")
        self.assertEqual((rows[2]["reason"], rows[2]["field"]), ("REPORT_NOT_DUE", ""))
        again = self.ends(1, "import", table, *self.OPTIONS, "--report", report, "--only-rejected")
        self.assertIn("3 rows: 1 unchanged, 2 rejected\n", again)
        self.assertEqual([row["outcome"] for row in self.read("report.csv")], 2 * ["REJECTED"])
        self.assertEqual(self.json("submissions", "delta/2020")[0]["author"], "Chủ tịch")

    def test_a_whole_table_is_tried_out(self):
        table = self.write("t.csv", "unit,COOP_TOTAL\nhai-phong,1\nhai-duong,2\n")
        told = self.ends(0, "import", table, *self.OPTIONS, "--validate-only")
        self.assertIn("2 rows: 2 created (validated only, nothing stored)", told)
        self.ends(1, "submissions", "delta/2020")

    def test_a_named_import_answers_as_the_first_time(self):
        table = self.write("t.csv", "unit,COOP_TOTAL\nhai-phong,1\n")
        first = self.json("import", table, *self.OPTIONS, "--name", "year-end")
        self.assertEqual(first[0]["outcome"], "OUTCOME_CREATED")
        self.assertEqual(self.json("import", table, *self.OPTIONS, "--name", "year-end"), first)
        self.assertEqual(self.json("import", table, *self.OPTIONS)[0]["outcome"], "OUTCOME_UNCHANGED")

    def test_a_warning_is_explained_in_a_column(self):
        self.ends(0, "submit", *KEY[:5], "2019", *KEY[6:], "COOP_TOTAL=342", "MEMBERS=192263")
        table = self.write("t.csv", "unit,COOP_TOTAL,MEMBERS\nhai-phong,342,130105\n")
        self.assertIn("EXPLANATION_REQUIRED", self.ends(1, "import", table, *self.OPTIONS))
        self.write("t.csv", "unit,COOP_TOTAL,MEMBERS,explain:year-on-year/MEMBERS\nhai-phong,342,130105,Rà soát\n")
        self.ends(0, "import", table, *self.OPTIONS)
        self.assertEqual(self.json("submission", NAME)["findings"][0]["explanation"], "Rà soát")

    def test_nothing_of_a_table_that_cannot_be_read_is_sent(self):
        for text, complaint in (
                ("", "t.csv:1: the table is empty"), ("COOP_TOTAL\n1\n", "there is no column `unit`"),
                ("unit,COOP_TOTAL\nhai-phong,1\nhai-duong\n", "t.csv:3: has 1 cells"),
                ("unit,COOP_TOTAL\nhai-phong,1\nhai-duong,\"1,5\"\n", "t.csv:3: COOP_TOTAL has a comma"),
                ("unit,period,COOP_TOTAL\nhai-phong,2020,1\n", "the column `period` belongs to targets")):
            with self.subTest(complaint):
                self.assertIn(complaint, self.ends(2, "import", self.write("t.csv", text), *self.OPTIONS))
        self.write("t.csv", "unit,COOP_TOTAL\nhai-phong,1\n")
        table = self.pair.folder / "t.csv"
        self.assertIn("cannot be written", self.ends(2, "import", table, *self.OPTIONS, "--report", "/no/folder/r.csv"))
        self.assertIn("is a folder", self.ends(2, "import", self.pair.folder, *self.OPTIONS))
        self.assertIn("--form is required", self.ends(2, "import", table))
        self.ends(1, "submissions", "delta/2020")


class Pacts(CommandTest):

    def sign(self, unit, day="2020-01-15"):
        return self.ends(0, "pact", "sign", "delta/2020", "--unit", unit, "--signer", "Chủ tịch", "--date", day)

    def test_from_the_first_targets_to_the_revised_ones(self):
        self.refused("RESOURCE_NOT_FOUND", "pact", "delta/2020")
        self.refused("RESOURCE_NOT_FOUND", "pact", "update", "delta/2020", "hai-phong/COOP_NEW=1")
        file = self.write("targets.csv", "unit,COOP_NEW,MEMBERS\nhai-phong,25,130000\nhai-duong,20,\n")
        self.assertIn("3 targets (validated only", self.ends(0, "pact", "create", "delta/2020", "--file", file,
                                                             "--validate-only"))
        self.assertIn("3 targets", self.ends(0, "pact", "create", "delta/2020", "--file", file))
        self.assertIn("4 targets", self.ends(0, "pact", "update", "delta/2020", "hai-duong/COOP_NEW=22",
                                             "hai-duong/MEMBERS=300000"))
        self.assertIn("3 targets", self.ends(0, "pact", "update", "delta/2020", "hai-duong/MEMBERS="))
        self.assertRegex(self.ends(0, "pact", "delta/2020"), r"targets: 3, signed: 0 of 2\n")
        self.assertIn("1 signed", self.sign("hai-phong"))
        self.refused("PACT_ALREADY_SIGNED", "pact", "update", "delta/2020", "hai-phong/COOP_NEW=1")
        self.assertIn("SIGNED  2 signed", self.sign("hai-duong"))
        self.assertIn("STATE_PACT_SIGNED", self.json("cluster-year", "delta/2020")["state"])

        self.ends(0, "pact", "revise", "delta/2020", "hai-phong/COOP_NEW=30", "--reason", "Dịch COVID-19")
        self.assertIn("proposed: 3 targets, signed: 0 of 2: Dịch COVID-19", self.ends(0, "pact", "show", "delta/2020"))
        told = self.ends(0, "pact", "show", "delta/2020", "--targets")
        self.assertRegex(told, r"hai-phong +COOP_NEW +25 +30\n")
        self.assertIn("1 signed the revision", self.sign("hai-phong", "2020-07-01"))
        self.assertIn("2 signed", self.sign("hai-duong", "2020-07-02"))
        pact = self.json("pact", "delta/2020")
        self.assertEqual((pact["revision"], pact["revision_reason"]), (2, "Dịch COVID-19"))
        self.assertIn({"unit": "units/hai-phong", "indicator": "indicators/COOP_NEW", "number": "30"}, [
            {key: target[key] for key in ("unit", "indicator", "number")} for target in pact["targets"]])

    def test_what_is_no_target(self):
        for arguments, complaint in (
                (["create", "delta/2020"], "give targets as UNIT/CODE=NUMBER"),
                (["create", "delta/2020", "hai-phong=1"], "`hai-phong` is no target"),
                (["create", "delta/2020", "hai-phong/COOP_NEW=n/a"], "a target is a number"),
                (["create", "delta/2020", "a/PCF=1", "a/PCF=2"], "`a/PCF` is given twice"),
                (["create", "delta/2020", "hai-phong/COOP_NEW="], "there is no such target to take away"),
                (["revise", "delta/2020", "hai-phong/COOP_NEW=1"], "--reason is required"),
                (["sign", "delta/2020"], "--unit is required"), ([], "CLUSTER_YEAR is required")):
            with self.subTest(arguments):
                self.assertIn(complaint, self.ends(2, "pact", *arguments))
        self.refused("INVALID_NAME", "pact", "nonsense")


class UnitsAndDefinitions(CommandTest):

    def test_a_merger(self):
        merger = ["merge", "hai-duong", "--into", "hai-phong", "--date", "2025-07-01", "--legal-basis", "Nghị quyết 202"]
        self.assertIn("nothing stored", self.ends(0, *merger, "--validate-only"))
        self.assertNotIn("2025-07-01", self.ends(0, "units"))
        self.assertIn("on 2025-07-01 from hai-duong", self.ends(0, *merger))
        self.ends(0, *merger)
        told = self.ends(0, "units", "--kind", "alliance", "--language", "vi")
        self.assertRegex(told, r"hai-duong +Liên minh hai-duong +ALLIANCE +30 +on 2025-07-01 merged into hai-phong\n")
        self.refused("UNIT_MERGED", "merge", "hai-duong", "--into", "ha-nam", "--date", "2026-01-01", "--legal-basis", "x")
        self.refused("UNIT_UNKNOWN", "merge", "nobody", "--into", "ha-nam", "--date", "2026-01-01", "--legal-basis", "x")
        self.ends(2, "merge", "hai-duong", "--into", "hai-phong")
        self.assertIn("no units", self.ends(1, "units", "--parent", "ha-nam"))
        self.assertEqual(len(self.json("units")), 3)

    def test_a_definition_is_edited_and_sent_back(self):
        text = self.ends(0, "indicator", "show", "COOP_NEW", "--text")
        self.assertIn('vi: "Chỉ tiêu COOP_NEW"', text)
        file = self.write("new.txtpb", text.replace("Chỉ tiêu COOP_NEW", "Hợp tác xã mới"))
        self.assertIn("indicators/COOP_NEW  version 2", self.ends(0, "indicator", "update", file))
        told = self.refused("ETAG_MISMATCH", "indicator", "update", file)
        self.assertIn("read it again", told)
        self.assertIn("Hợp tác xã mới", self.ends(0, "indicator", "COOP_NEW"))
        self.assertIn("Chỉ tiêu COOP_NEW", self.ends(0, "indicator", "show", "COOP_NEW", "--version", 1))
        self.assertEqual(len(self.json("indicator", "list")), 6)
        self.refused("RESOURCE_NOT_FOUND", "indicator", "NONE")
        self.assertIn("`name` is empty", self.ends(2, "indicator", "update", self.write("new.txtpb", "")))

    def test_a_form_is_given_another_rule(self):
        text = self.ends(0, "form", "annual", "--text")
        file = self.write("form.txtpb", text.replace("COOP_NEW <= COOP_TOTAL", "COOP_NEW <="))
        self.refused("EXPRESSION", "form", "update", file)
        self.write("form.txtpb", text.replace("COOP_NEW <= COOP_TOTAL", "COOP_NEW * 2 <= COOP_TOTAL"))
        self.assertIn("forms/annual  version 2", self.ends(0, "form", "update", file))
        self.assertIn("COOP_NEW * 2 <= COOP_TOTAL", self.ends(0, "form", "show", "annual"))
        self.refused("RULE_BROKEN", "submit", *KEY, "COOP_TOTAL=10", "COOP_NEW=6")
        self.assertRegex(self.ends(0, "form", "list"), r"annual +Báo cáo năm +ALLIANCE +YEAR +6 +1 +2\n")


class Statistics(CommandTest):

    def test_totals_and_series(self):
        self.submit()
        told = self.ends(0, "totals", "delta/2020", "--indicator", "COOP_TOTAL")
        self.assertIn("annual 2020 FINAL", told)
        self.assertRegex(told, r"COOP_TOTAL .* 342 ")
        self.assertIn("reported: 1 of 2, on time: 1\nmissing: hai-duong (Liên minh hai-duong)\n", told)
        known = self.json("totals", "delta/2020")["commit_token"]
        self.submit("COOP_TOTAL=1", key=["--unit", "hai-duong", *KEY[2:]])
        of_both = ["totals", "--units", "hai-phong,hai-duong", *KEY[2:], "--indicator", "COOP_TOTAL"]
        self.assertEqual(self.json(*of_both)["totals"][0]["number"], "343")
        self.assertEqual(self.json(*of_both, "--known-at", known)["totals"][0]["number"], "342")
        told = self.ends(0, "series", "delta/2020", "--form", "annual", "--from", 2019, "--to", 2020, "--indicator", "PCF")
        self.assertRegex(told, r"2019 +0/2\n2020 +16 +2/2\n")
        for arguments in (["totals"], ["totals", "delta/2020", "--nationwide"], ["totals", "--nationwide"],
                          ["totals", "delta/2020", "--form", "monthly"], ["series", "delta/2020", "--from", "2019"]):
            with self.subTest(arguments):
                self.ends(2, *arguments)
        self.refused("RESOURCE_NOT_FOUND", "totals", "delta/2031")
        self.refused("INVALID_TOKEN", *of_both, "--known-at", "yesterday")


class Everything(CommandTest):

    def test_the_audit_log(self):
        self.submit()
        told = self.ends(0, "audit", "list", "--resource", "units/hai-phong/submissions/annual.2020.final")
        self.assertIn("SubmissionService/Submit", told)
        self.assertRegex(told, r"T\d\d:\d\d:\d\d\.\d{3}\+07:00 ")
        head = re.search(r"head: (\d+:[0-9a-f]{64})", self.ends(0, "audit", "verify")).group(1)
        self.ends(0, "audit", "verify", "--expect", head)
        self.assertIn("FAULT", self.ends(1, "audit", "verify", "--expect", head[:-1] + ("0" if head[-1] != "0" else "1")))
        self.ends(2, "audit", "verify", "--expect", "1:2")
        self.ends(2, "audit", "list", "--from", "yesterday")

    def test_a_plan_that_stops(self):
        path = self.write("bad.txtpb", 'step { merge_units { predecessors: "units/nobody" successor: "units/ha-nam"\n'
                          'date: "2025-07-01" legal_basis: "x" } }\nstep { nothing {} }\n')
        self.assertIn("bad.txtpb:3:", self.ends(2, "apply", path))
        self.write("bad.txtpb", path.read_text().splitlines()[0] + ' date: "2025-07-01" legal_basis: "x" } }\n')
        self.assertIn("bad.txtpb:1: merge_units: FAILED_PRECONDITION UNIT_UNKNOWN", self.ends(4, "apply", path))

    def test_exit_codes_of_what_cannot_be_reached_or_does_not_exist(self):
        self.pair.reporting.stop()
        told = self.ends(3, "submissions", "delta/2020", "--timeout", "500ms")
        self.assertIn("DEADLINE_EXCEEDED", told)
        self.assertIn("there is no command or option nonsense", self.ends(2, "nonsense"))
        self.ends(2, "submissions", "delta/2020", "--timeout", "soon")
        self.ends(2)


class Calendar(CommandTest):

    def test_who_has_yet_to_report(self):
        self.ends(1, "missing", "delta/2020")
        self.submit()
        told = self.ends(1, "missing", "delta/2020", "--kind", "final")
        self.assertRegex(told, r"annual +2020 +FINAL +hai-duong +Liên minh hai-duong +AWAITED +2999-12-01 ")
        self.assertNotIn("hai-phong", told)
        self.assertIn("no such reports", self.ends(0, "missing", "delta/2020", "--unit", "hai-phong", "--kind", "final"))
        self.assertIn("SUBMITTED", self.ends(0, "missing", "delta/2020", "--unit", "hai-phong", "--kind", "final", "--all"))
        self.ends(2, "missing", "delta/2020", "--status", "lost")

    def test_later_days_for_one(self):
        extension = ["extend", "delta/2020", *KEY, "--due", "2999-12-20", "--reason", "Lũ lụt", "--approver", "Cụm trưởng"]
        told = self.ends(0, *extension)
        self.assertIn("annual 2020 FINAL of hai-phong: due 2999-12-20, grace until 2999-12-20, closes 2999-12-31", told)
        self.assertRegex(self.ends(0, "cluster-year", "delta/2020"), r"annual +2020 +FINAL +hai-phong +2999-12-20 .*Lũ lụt")
        self.ends(2, "extend", "delta/2020", *KEY)

    def test_figures_are_opened_again(self):
        self.play('step { advance_cluster_year { name: "clusters/delta/years/2020" state: STATE_SCORING } }')
        told = self.ends(0, "reopen", "delta/2020", "--reason", "Thiếu báo cáo", "--approver", "Cụm trưởng")
        self.assertIn("clusters/delta/years/2020  COLLECTING", told)
        self.assertIn("from SCORING, approved by Cụm trưởng: Thiếu báo cáo", self.ends(0, "cluster-year", "delta/2020"))

    def test_what_was_reached_of_the_targets(self):
        self.submit()
        self.ends(0, "pact", "create", "delta/2020", "hai-phong/COOP_NEW=25")
        told = self.ends(0, "pact", "achievements", "delta/2020")
        # 28 of 25.
        self.assertRegex(told, r"hai-phong +COOP_NEW +25 +28 +112\.00 ")


if __name__ == "__main__":
    unittest.main()
