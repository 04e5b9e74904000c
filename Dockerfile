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
COPY infra infra
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
# What order-api serves of its contracts.
COPY docs/contracts docs/contracts
USER node
ENTRYPOINT ["node"]
# Asked by a shell, since to start Node for each question would keep a small machine busy; so would a question each second, in all containers.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --start-interval=3s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.1 200 ' <&3"]
