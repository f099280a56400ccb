# Meridian in a container: node runs src directly; only what it needs at run time is in the image.

FROM node:24-slim AS apps
WORKDIR /app
COPY package.json package-lock.json ./
COPY smart-apps ./smart-apps
RUN npm ci --no-audit --no-fund && node smart-apps/ui/build/build-apps.ts

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# What the apps need is in what was built of them.
RUN npm ci --omit=dev --no-workspaces --no-audit --no-fund
COPY src ./src
# HL7's definitions are compiled once; the image carries the cache, not the package, and has a node of its own.
RUN node src/fhir/definitions/compile.ts \
 && rm -rf node_modules/hl7.fhir.r4.examples node_modules/node node_modules/node-bin-* node_modules/.bin/node

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.cache ./.cache
COPY --from=build /app/src ./src
COPY --from=apps /app/smart-apps/portal/dist ./smart-apps/portal/dist
COPY --from=apps /app/smart-apps/clinician/dist ./smart-apps/clinician/dist
COPY --from=apps /app/smart-apps/desk/dist ./smart-apps/desk/dist
COPY seed ./seed
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself is the process that gets SIGTERM: it lets requests in flight finish and exits 0.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=60", "src/main.ts"]
