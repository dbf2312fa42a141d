import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

print("libpq", psycopg2.__libpq_version__ // 10000)
print(parse_dsn(make_dsn("host=db user=crew", dbname="log"))["dbname"])
try:
    psycopg2.connect(host="127.0.0.1", port=1, connect_timeout=1)
except psycopg2.OperationalError as error:
    print("refused" if "refused" in str(error) else error)
