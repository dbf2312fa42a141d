/**
 * What packages of PyPI add, themselves alone with their compiled modules, in KiB, and which of the others they want: `pip
 * install` of their wheels for x86-64 of 2026-11-22, files counted by their RECORD.
 */
export const MEASURED = `\
aiohappyeyeballs 63
aiohttp 8198 aiohappyeyeballs aiosignal attrs frozenlist multidict propcache yarl
aiosignal 19 frozenlist
amqp 397 vine
annotated-doc 11
annotated-types 69
anyio 1346 idna
asgiref 172
attrs 449
billiard 770
blinker 50
boto3 1302 botocore jmespath s3transfer
botocore 22284 jmespath python-dateutil urllib3
celery 3979 billiard click click-didyoumean click-plugins click-repl kombu python-dateutil tzlocal vine
certifi 242
cffi 1163
charset-normalizer 958
click 977
click-didyoumean 11 click
click-plugins 35 click
click-repl 83 click prompt-toolkit typing-extensions
cryptography 15251 cffi
django 30312 asgiref sqlparse
djangorestframework 3374 django
fastapi 1673 annotated-doc anyio opentelemetry-api pydantic starlette typing-extensions typing-inspection
flask 730 blinker click itsdangerous jinja2 markupsafe werkzeug
frozenlist 773
gunicorn 2116
h11 190
httpcore 638 certifi h11
httpx 650 anyio certifi httpcore idna
humanize 514
idna 512
itsdangerous 98
jinja2 1185 markupsafe
jmespath 150
kombu 2115 amqp vine
markupsafe 91
multidict 1811
numpy 69720
opentelemetry-api 426 typing-extensions
pandas 78804 numpy python-dateutil
pillow 21389
prompt-toolkit 3123 wcwidth
propcache 802
psycopg2-binary 11637
pycparser 557
pydantic 4027 annotated-types pydantic-core typing-extensions typing-inspection
pydantic-core 5436 typing-extensions
pydantic-settings 642 pydantic python-dotenv typing-extensions typing-inspection
python-dateutil 747 six
python-dotenv 119
pyyaml 3077
redis 5623
requests 489 certifi charset-normalizer idna urllib3
s3transfer 704 botocore
six 82
sqlalchemy 27732 typing-extensions
sqlparse 364
starlette 683 anyio
typing-extensions 357
typing-inspection 90 typing-extensions
tzlocal 113
urllib3 940
uvicorn 687 click h11
vine 48
wcwidth 5857
werkzeug 1735 markupsafe
whitenoise 125
yarl 457 idna multidict propcache`;
