# syntax=docker/dockerfile:1

# ── build: the virtual environment, as `make setup` makes it ────────────────────────────────────────────────────────
FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /build
RUN python -m venv /opt/vestnik
COPY requirements.txt ./
RUN /opt/vestnik/bin/python -m pip install --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
RUN /opt/vestnik/bin/python -m hatchling build --target wheel \
    && /opt/vestnik/bin/python -m pip install --no-deps dist/vestnik-*.whl

# ── run: the environment alone, no compiler, no sources, no root ────────────────────────────────────────────────────
FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --no-create-home vestnik \
    && install --directory --owner=vestnik --group=vestnik --mode=0700 /data
COPY --from=build /opt/vestnik /opt/vestnik
ENV PATH=/opt/vestnik/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VESTNIK_DATA_DIR=/data \
    VESTNIK_WEB_HOST=0.0.0.0 \
    VESTNIK_WEB_PORT=8080 \
    VESTNIK_LOG_FORMAT=json
USER vestnik
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["vestnik", "health"]
ENTRYPOINT ["vestnik"]
CMD ["run"]
