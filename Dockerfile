# Small Acts as one process. Needs a PostgreSQL (DATABASE_URL) and Slack credentials: see .env.example and compose.yaml.
FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app

# What the code stands on changes seldom, and is a layer of its own.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

# Without the sandbox and the tests: .dockerignore keeps them out.
COPY migrations ./migrations
COPY src ./src

USER node
EXPOSE 3000

# Alive is enough here: while the database is away, starting the process anew would help nobody.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# Node itself is the process, so that SIGTERM reaches it.
CMD ["node", "--min-semi-space-size=64", "--max-semi-space-size=64", "src/main.ts"]
