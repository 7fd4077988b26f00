# The image has two stages: one that compiles better-sqlite3, the server and the page, and one that runs them.
FROM node:24-bookworm-slim AS build
WORKDIR /digpit
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
# The headers of this very Node are in the image; without this node-gyp would fetch them.
ENV npm_config_nodedir=/usr/local
COPY package.json package-lock.json ./
COPY scripts/prepare.mjs scripts/
RUN node scripts/prepare.mjs --install
COPY . .
RUN npm run build && npm prune --omit=dev
# The range table of today for the image. Where there is no network this says so and goes on: the server then knows the
# networks of db/networks.tsv until it can fetch the table itself.
RUN mkdir /first-data && (DIGPIT_DATA_DIR=/first-data node dist/scripts/update-asn.js || true)

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    DIGPIT_DATA_DIR=/data \
    DIGPIT_DNS_HOST=0.0.0.0 \
    DIGPIT_DNS_PORT=5354 \
    DIGPIT_HTTP_HOST=0.0.0.0 \
    DIGPIT_HTTP_PORT=8080
WORKDIR /digpit
COPY --from=build /digpit/package.json ./
COPY --from=build /digpit/node_modules ./node_modules
COPY --from=build /digpit/dist ./dist
COPY --from=build /digpit/db ./db
RUN mkdir /data && chown node:node /data
# A new named volume begins with what is here.
COPY --from=build --chown=node:node /first-data /data
USER node
VOLUME /data
EXPOSE 5354/udp 5354/tcp 8080/tcp
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.DIGPIT_HTTP_PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server/main.js"]
