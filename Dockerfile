# Board Assistant as a container: built in one stage, run in another without tools, as a user without rights.
# A release names the digest of BASE that it was built on (container-base.txt): give that to build the same again. Other releases
# of Node: --build-arg BASE=node:22-bookworm-slim; each that is supported runs all tests (.github/workflows).
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY bot ./bot
COPY tab ./tab
COPY infra/local/build.ts ./infra/local/build.ts
RUN npm run build

FROM ${BASE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM ${BASE}
ENV NODE_ENV=production
WORKDIR /app
COPY LICENSE NOTICE package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# What `npm run board` starts.
COPY --from=build /app/bot/board.cjs ./bot/board.cjs
# The one folder that may be written: where the operator's commands find the service.
RUN mkdir .data && chown node:node .data && chmod 700 .data
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/bot/main.js"]
