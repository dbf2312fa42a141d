import humanize

print(humanize.intcomma(26500), "tons")
