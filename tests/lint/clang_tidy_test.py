"""clang-tidy on every source of ours: clang_tidy_test.py SOURCE_DIR BUILD_DIR [--each] [FOLDER...].

Most of the time goes into headers of gRPC, Abseil and GoogleTest, so the sources of a folder are read as
one. The static analyzer looks only at the file it is given; --each gives it every source by itself, which
takes an hour on two cores.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

arguments = [argument for argument in sys.argv[1:] if argument != "--each"]
each = len(arguments) < len(sys.argv) - 1
root, build = pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1]).resolve()
wanted = tuple(f"{folder.strip('/')}/" for folder in arguments[2:] or ["common", "services", "tests"])
work = build / "tidy"
work.mkdir(exist_ok=True)

checks = subprocess.run(["clang-tidy", "--list-checks"], cwd=root, capture_output=True, text=True, check=True)
if checks.stdout.count("\n") < 100:
    sys.exit("too few checks are on: .clang-tidy is broken")


def command_of(entry):
    """How clang reads the source: without the header that g++ precompiled."""
    words = shlex.split(re.sub(r" -include \S+cmake_pch\.hxx| -Winvalid-pch", "", entry["command"]))
    compiler = next(i for i, word in enumerate(words) if word.endswith("++"))
    words = words[compiler:]
    output = words.index("-o")
    del words[output:output + 2]
    return [word for word in words if word not in ("-c", entry["file"])]


groups = {}
for entry in json.loads((build / "compile_commands.json").read_text()):
    source = pathlib.Path(entry["file"])
    if root not in source.parents or build in source.parents:
        continue  # Generated code is not ours.
    path = source.relative_to(root).as_posix()
    if path.startswith(wanted):
        key = path if each else source.parent.relative_to(root).as_posix()
        groups.setdefault(key, {})[path] = entry


def tidy(key):
    """A folder as one; if its sources cannot be read together (the same local name twice), one by one."""
    sources = groups[key]
    code, output = run(key, sources)
    if "[clang-diagnostic-error]" in output and len(sources) > 1:
        results = [run(path, {path: entry}) for path, entry in sorted(sources.items())]
        code, output = max(code for code, _ in results), "".join(output for code, output in results if code)
    return key, code, output


def run(key, sources):
    command = command_of(next(iter(sources.values())))
    # Other targets of the folder may have folders of their own to look into.
    for entry in sources.values():
        words = command_of(entry)
        for flag, value in zip(words, words[1:]):
            if flag == "-isystem" and value not in command:
                command += [flag, value]
    if each:
        file, extra = root / key, []
    else:
        file = work / (key.replace("/", "_") + ".cc")
        file.write_text("".join(f'#include "{root / path}"\n' for path in sorted(sources)))
        folder = next(iter(sources.values()))["file"]
        config = subprocess.run(["clang-tidy", "--dump-config", folder, "--"], capture_output=True, text=True, check=True)
        extra = ["--checks=-clang-analyzer-*,-bugprone-suspicious-include", f"--config={config.stdout}"]
    done = subprocess.run(["clang-tidy", "--quiet", *extra, file, "--", *command[1:],
                           "-Wno-unknown-warning-option", *([] if each else ["-Wno-shadow"])], cwd=build,
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + ("" if done.stdout else done.stderr)


failed = 0
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for key, code, output in pool.map(tidy, sorted(groups)):
        if code != 0:
            failed += 1
            print(f"== {key}\n{output[:20000]}", flush=True)
print(f"{len(groups)} {'sources' if each else 'folders'}, {failed} with findings")
sys.exit(1 if failed or not groups else 0)
