{ "targets": [{ "target_name": "depth", "sources": ["depth.cc"] }] }
