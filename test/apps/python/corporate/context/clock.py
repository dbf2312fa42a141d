import ssl
import sys
import time

import humanize

seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 0
print(time.strftime("%H:%M %Z", time.localtime(seconds)), "after", humanize.intcomma(seconds), "seconds")
names = [value for each in ssl.create_default_context().get_ca_certs() for ((_, value),) in each["subject"][:1]]
print("Tide Harbour Root" in names)
