# syntax=docker/dockerfile:1

# Any image with a current Node LTS and glibc: better-sqlite3 ships its binaries for it.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY rollup.config.mjs tsconfig.json ./
COPY server ./server
COPY widget ./widget
COPY demo-site ./demo-site
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY server ./server
COPY --from=build /build/dist/widget ./dist/widget
COPY --from=build /build/dist/frame ./dist/frame
COPY --from=build /build/dist/pinned ./dist/pinned
COPY --from=build /build/dist/console ./dist/console
COPY --from=build /build/dist/hosted ./dist/hosted
COPY --from=build /build/dist/reference ./dist/reference
# For SQLite's file and pinned scripts; nothing else is ever written, so the root file system may be read-only.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/health/live').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Node is process 1 and gets SIGTERM itself. Other commands: `docker run … IMAGE key list`.
ENTRYPOINT ["node", "--max-semi-space-size=4", "--initial-old-space-size=32", "--heap-growing-percent=20", "server/zenskar-portal.mjs"]
CMD ["serve"]
