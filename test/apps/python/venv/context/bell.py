from datetime import timedelta

import humanize

print("a watch has", humanize.precisedelta(timedelta(hours=4, minutes=0)))
