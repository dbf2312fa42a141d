import sys

from flask import Flask

app = Flask(__name__)


@app.route("/")
def index():
    return f"Hello from Python {sys.version_info.major}.{sys.version_info.minor}\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
