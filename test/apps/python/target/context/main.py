import humanize

print(humanize.naturalsize(1_610_000))
