"""The table of options in deploy/README.md says what the programs say of themselves, and nothing else."""

import re
import subprocess
import unittest

from pair import BIN, ROOT

PREFIX = {"reporting": "THIDUA_REPORTING", "awards": "THIDUA_AWARDS"}


def offered(service):
    """The options of a program: its variable and its default by its flag."""
    text = subprocess.run([BIN / f"thidua-{service}", "--help"], capture_output=True, text=True, check=True).stdout
    options = {}
    for line in text.splitlines():
        found = re.match(r"  (--[a-z-]+)(,\S+)?(?: (?:TEXT|INT|UINT|FLOAT))?(?::(?:\{[^}]*\}|\w+))?(?:=(\S+))?"
                         r" \(Env:(\w+)\)$", line)
        if found:
            flag, is_pair, default, variable = found.groups()
            options[flag] = (variable, default or ("true" if is_pair else None))
        elif line.startswith("  --"):
            assert line.startswith("  --version"), f"an option without a variable: {line}"
    return options


def documented(service):
    """The same, as the table has it."""
    text = (ROOT / "deploy/README.md").read_text()
    table = text[text.index("| Flag |"):].split("\n\n")[0].splitlines()[2:]
    position = list(PREFIX).index(service)
    options = {}
    for row in table:
        flag, variable, default, _ = [cell.strip() for cell in row.strip("|").split("|")]
        variable = variable.strip("`")
        if variable.startswith("_"):
            variable = PREFIX[service] + variable
        elif not variable.startswith(PREFIX[service]):
            continue
        defaults = re.findall(r"`([^`]*)`", default)
        options[flag.strip("`")] = (variable, defaults[min(position, len(defaults) - 1)] if defaults else None)
    return options


class Configuration(unittest.TestCase):

    def test_the_table_of_options_is_right(self):
        for service in PREFIX:
            said = offered(service)
            self.assertGreater(len(said), 10)
            told = documented(service)
            # A switch that is off has no default to show.
            told = {flag: (variable, None if default == "false" else default)
                    for flag, (variable, default) in told.items()}
            self.assertEqual(told, said, service)


if __name__ == "__main__":
    unittest.main()
