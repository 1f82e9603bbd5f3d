"""A small world of two alliances, and thiduactl run in it."""

import json

from pair import PairTest

NAME = "hai-phong/annual.2020.final"
KEY = ["--unit", "hai-phong", "--form", "annual", "--period", "2020", "--kind", "final"]
FIGURES = ["COOP_TOTAL=342", "COOP_AGRI=166", "COOP_NONAGRI=160", "PCF=16", "COOP_NEW=28", "MEMBERS=130105"]

INDICATOR = """step {{ create_indicator {{ indicator_id: "{code}" indicator {{
  title {{ vi: "Chỉ tiêu {code}" }} unit_of_measure {{ vi: "HTX" }} {more} }} }} }}
"""
PLAN = "".join([
    "".join(INDICATOR.format(code=code, more=f"measure: MEASURE_{measure} aggregation: AGGREGATION_SUM {more}")
            for code, measure, more in [
                ("COOP_AGRI", "STOCK", ""), ("COOP_NONAGRI", "STOCK", ""), ("PCF", "STOCK", ""), ("COOP_NEW", "FLOW", ""),
                ("MEMBERS", "STOCK", 'year_on_year_threshold: "30"'),
                ("COOP_TOTAL", "STOCK", """breakdowns { group: "sector" title { vi: "Lĩnh vực" } kind: KIND_EXHAUSTIVE
                  parts: "indicators/COOP_AGRI" parts: "indicators/COOP_NONAGRI" parts: "indicators/PCF" }""")]),
    """step { create_form { form_id: "annual" form { title { vi: "Báo cáo năm" } unit_kind: KIND_ALLIANCE
      period_level: PERIOD_LEVEL_YEAR
      fields { indicator: "indicators/COOP_TOTAL" required: true } fields { indicator: "indicators/COOP_AGRI" }
      fields { indicator: "indicators/COOP_NONAGRI" } fields { indicator: "indicators/PCF" }
      fields { indicator: "indicators/COOP_NEW" } fields { indicator: "indicators/MEMBERS" }
      rules { rule: "new-in-total" condition: "COOP_NEW <= COOP_TOTAL" severity: SEVERITY_ERROR
        message { vi: "Số mới nhiều hơn tổng số" en: "More new ones than there are" } } } } }
""",
    "".join(f"""step {{ create_unit {{ unit_id: "{unit}" unit {{ kind: KIND_ALLIANCE
      titles {{ title {{ vi: "Liên minh {unit}" }} }} province_codes {{ code: "{code}" }} }} }} }}
""" for unit, code in [("hai-phong", "31"), ("hai-duong", "30"), ("ha-nam", "35")]),
    'step { create_cluster { cluster_id: "delta" cluster { title { vi: "Cụm" } } } }\n',
    "".join(f"""step {{ create_cluster_year {{ parent: "clusters/delta" cluster_year_id: "{year}" cluster_year {{
      members: "units/hai-phong" members: "units/hai-duong" head: "units/hai-duong"
      {" ".join(f'calendar {{ form: "forms/annual" period: "{year}" value_kind: VALUE_KIND_{kind} '
                'opens: "2019-01-01" due: "2999-12-01" grace_end: "2999-12-08" closes: "2999-12-31" }'
                for kind in ("ESTIMATE", "FINAL"))}
      scored_value_kind: VALUE_KIND_FINAL receipt_basis: RECEIPT_BASIS_SERVER_CLOCK }} }} }}
step {{ advance_cluster_year {{ name: "clusters/delta/years/{year}" state: STATE_REGISTRATION }} }}
""" for year in (2019, 2020)),
])


class CommandTest(PairTest):
    """Two alliances that owe a report for 2019 and for 2020, and a third beside them."""

    def setUp(self):
        super().setUp()
        self.play(PLAN)

    def play(self, plan):
        self.pair.ctl("apply", self.write("plan.txtpb", plan))

    def write(self, name, text):
        path = self.pair.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def ends(self, code, *arguments):
        """Runs a command that ends with `code`; what it prints, and what it complains of."""
        done = self.pair.ctl(*arguments, check=False)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def refused(self, reason, *arguments):
        told = self.ends(4, *arguments)
        self.assertIn(reason, told)
        return told

    def json(self, *arguments, code=0):
        done = self.pair.ctl("--output=json", *arguments, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def submit(self, *figures, key=KEY):
        return self.json("submit", *key, *(figures or FIGURES))

    def figures(self, name=NAME, *options):
        return {figure["indicator"].removeprefix("indicators/"): figure.get("number", "n/a")
                for figure in self.json("submission", name, *options)["figures"]}
