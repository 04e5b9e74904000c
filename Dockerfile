# One image for every service and tool: what differs is the command. See docker-compose.yml.

FROM node:24-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# Nothing is built from C here, so no install script is needed; the production dependencies are there already.
FROM dependencies AS build
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json .swcrc ./
COPY libs libs
COPY tools tools
COPY apps apps
RUN npx nest build

FROM node:24-trixie-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps HOST=0.0.0.0
WORKDIR /app
# Docker gives a new volume the owner of the folder that it is mounted on.
RUN install -d -o node -g node /secrets
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
ENTRYPOINT ["node"]
HEALTHCHECK --interval=10s --timeout=10s --retries=5 --start-period=60s --start-interval=1s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
