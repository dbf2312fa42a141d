import csv
import sys
from pathlib import Path
from string import Template

HERE = Path(__file__).parent

line = Template((HERE / "templates" / "line.txt").read_text())
with open("data/moons.csv", newline="") as rows:
    for row in csv.DictReader(rows):
        sys.stdout.write(line.substitute(row))
