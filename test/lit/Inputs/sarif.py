"""Checks that a file has what SARIF 2.1.0 requires and code scanning reads.

usage: sarif.py FILE

A test of structure: that the file is valid against the schema of the standard is
tested where that is at hand.
"""

import json
import re
import sys
from urllib.parse import unquote

LEVELS = ("none", "note", "warning", "error")
log = json.load(open(sys.argv[1], encoding="utf-8"))
assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
(run,) = log["runs"]
driver = run["tool"]["driver"]
assert driver["name"] == "roofline" and driver["version"]
rules = driver["rules"]
assert len({rule["id"] for rule in rules}) == len(rules)
for rule in rules:
    assert re.fullmatch(r"RF[12]\d{3}", rule["id"]), rule
    for key in ("shortDescription", "fullDescription", "help"):
        text = rule[key]["text"]
        assert text and text.endswith("."), rule
    assert rule["defaultConfiguration"]["level"] in LEVELS


def checkPlace(place):
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(file://)?[A-Za-z0-9._~/%-]+", uri), uri
    assert not re.search(r"%(?![0-9A-F]{2})", uri), uri
    assert unquote(uri), uri
    region = place["physicalLocation"].get("region")
    if region:
        assert region["startLine"] >= 1 and region.get("startColumn", 1) >= 1


fingerprints = set()
for result in run["results"]:
    rule = rules[result["ruleIndex"]]
    assert rule["id"] == result["ruleId"]
    assert result["level"] in LEVELS
    assert result["message"]["text"]
    (location,) = result["locations"]
    if "physicalLocation" in location:
        checkPlace(location)
    for related in result.get("relatedLocations", []):
        checkPlace(related)
        assert related["message"]["text"]
    (fingerprint,) = result["partialFingerprints"].values()
    assert re.fullmatch(r"[0-9a-f]{32}", fingerprint)
    fingerprints.add((result["ruleId"], fingerprint))
assert len(fingerprints) == len(run["results"]), "fingerprints are not unique"
for ruleId, fingerprint in sorted(fingerprints):
    print(ruleId, fingerprint)
