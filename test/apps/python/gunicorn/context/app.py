from flask import Flask, render_template

app = Flask(__name__)

PORTS = {"rotterdam": 14.5, "genoa": 15.0}


@app.get("/")
def index():
    return render_template("index.html", ports=PORTS)


@app.get("/ports/<name>")
def port(name):
    if name not in PORTS:
        return {"error": "no such port"}, 404
    return {"name": name, "depth": PORTS[name]}
