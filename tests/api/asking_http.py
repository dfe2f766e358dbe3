"""Requests to a router, without a server."""

import asyncio
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI

BASE = "http://127.0.0.1:8000"


def ask(router: APIRouter, path: str, *, method: str = "GET", **options: Any) -> httpx.Response:
    """The answer of ``router``; what it raises is raised."""
    app = FastAPI()
    app.include_router(router)

    async def request() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.request(method, path, **options)

    return asyncio.run(request())
