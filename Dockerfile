# Two images: `serve` answers (API and page) and has no torch; `index` adds it, because converting a
# model needs it. Build both with `docker compose build`, and look at them with `make containers`.

# Another base with Python 3.11 on Debian: PRECEDENT_BASE=NAME docker compose build
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS serve

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PATH=/opt/venv/bin:$PATH \
    PRECEDENT_HOME=/data \
    HOME=/tmp

# What reads scans and old Word files; without them such files are refused with the reason.
RUN apt-get update \
    && apt-get install -y --no-install-recommends antiword tesseract-ocr tesseract-ocr-ara \
        tesseract-ocr-bel tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-fra \
        tesseract-ocr-osd tesseract-ocr-rus tesseract-ocr-spa tesseract-ocr-ukr \
    && rm -rf /var/lib/apt/lists/*

RUN python -m venv /opt/venv \
    && groupadd --gid 10001 precedent \
    && useradd --uid 10001 --gid precedent --no-create-home --shell /usr/sbin/nologin precedent \
    && install -d -o precedent -g precedent /data \
    && install -d -o precedent -g precedent -m 700 /library

WORKDIR /src
COPY requirements/base.txt requirements/
RUN pip install --require-hashes --no-deps -r requirements/base.txt
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY indexer indexer
COPY workbench workbench
COPY library library
COPY search_api search_api
COPY precedent_client precedent_client
COPY ui ui
COPY mcp_server mcp_server
COPY precedent precedent
RUN pip install --no-deps --no-build-isolation .

WORKDIR /data
USER precedent
CMD ["precedent", "serve"]

FROM serve AS index
USER root
COPY requirements/torch.txt /src/requirements/
# Where pip is not told otherwise, this is the CUDA build, of 4.8 GB with all it brings; the CPU build
# has 0.8. For that name an index that has it: PRECEDENT_TORCH_INDEX=… docker compose build
ARG PIP_EXTRA_INDEX_URL
RUN pip install -r /src/requirements/torch.txt
USER precedent
CMD ["precedent", "index", "/documents"]
