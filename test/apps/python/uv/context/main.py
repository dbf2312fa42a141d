import humanize

print(humanize.ordinal(40), "parallel")
