"""The least that any tap does: read a page, decode it, encode its objects, write them."""

from __future__ import annotations

import sys

import orjson
import urllib3

from bench.contenders import API_KEY


def main() -> None:
    """Write every object of the lists as a RECORD line."""
    url, *tables = sys.argv[1:]
    pool = urllib3.PoolManager(headers={"Authorization": f"Bearer {API_KEY}"})
    for table in tables:
        head = b'{"type":"RECORD","stream":"%s","record":' % table.encode()
        after = ""
        while True:
            answer = pool.request("GET", f"{url}/v1/{table}?limit=100{after}")
            page = orjson.loads(answer.data)
            lines = (b"%b%b}\n" % (head, orjson.dumps(record)) for record in page["data"])
            sys.stdout.buffer.write(b"".join(lines))
            sys.stdout.buffer.flush()
            if not page["has_more"]:
                break
            after = f"&starting_after={page['data'][-1]['id']}"


if __name__ == "__main__":
    main()
