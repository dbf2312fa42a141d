def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"port {environ['SERVER_PORT']}, threads {environ['wsgi.multithread']}\n".encode()]
