import humanize

print(humanize.metric(2400, "t"))
