-- A store as version 2 wrote it; never to be changed. Two links, the first verified: well one day, then unavailable for three.
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA application_id = 1684627815;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE checks (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            link INTEGER NOT NULL,
            at INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            reason TEXT NOT NULL,
            is_proven INTEGER NOT NULL,
            condition TEXT,
            message TEXT NOT NULL,
            status_code INTEGER,
            final_url TEXT, -- where it is not that of the link
            suggestion TEXT,
            warnings TEXT,
            attempts INTEGER NOT NULL,
            elapsed_ms INTEGER NOT NULL,
            etag TEXT,
            last_modified TEXT,
            length INTEGER,
            digest TEXT,
            title TEXT
        );
INSERT INTO "checks" VALUES(1,1,1,1793685600000000,'ok','http-200',0,'healthy','la page répond',200,NULL,NULL,NULL,1,212,'"a1"','Tue, 03 Nov 2026 06:00:00 GMT',1234,'0011aabb','Les communes');
INSERT INTO "checks" VALUES(2,1,2,1793685600000000,'ok','http-200',0,'healthy','la page répond',200,NULL,NULL,NULL,1,212,'"a1"','Tue, 03 Nov 2026 06:00:00 GMT',1234,'0011aabb','Les communes');
INSERT INTO "checks" VALUES(3,2,1,1793772000000000,'unavailable','http-500',0,'fragile','le serveur est en erreur (500)',500,NULL,NULL,NULL,1,212,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "checks" VALUES(4,2,2,1793772000000000,'unavailable','http-500',0,'fragile','le serveur est en erreur (500)',500,NULL,NULL,NULL,1,212,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "checks" VALUES(5,3,1,1793858400000000,'unavailable','http-500',0,'fragile','le serveur est en erreur (500)',500,NULL,NULL,NULL,1,212,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "checks" VALUES(6,3,2,1793858400000000,'unavailable','http-500',0,'fragile','le serveur est en erreur (500)',500,NULL,NULL,NULL,1,212,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "checks" VALUES(7,4,1,1793944800000000,'unavailable','http-500',0,'confirmed','le serveur est en erreur (500)',500,NULL,NULL,NULL,1,212,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "checks" VALUES(8,4,2,1793944800000000,'unavailable','http-500',0,'confirmed','le serveur est en erreur (500)',500,NULL,NULL,NULL,1,212,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE links (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            rel TEXT NOT NULL,
            url TEXT NOT NULL,
            run INTEGER, -- that last asked it
            state TEXT, -- what is known of it, folded
            before TEXT, verified TEXT, -- the same, before that run
            UNIQUE (source, rel, url)
        );
INSERT INTO "links" VALUES(1,'s1','url','https://exemple.fr/1/url',4,'["confirmed","2026-11-04T06:00:00+00:00","2026-11-06T06:00:00+00:00",4,"unavailable","http-500",3,4,1,"fragile"]','["fragile","2026-11-04T06:00:00+00:00","2026-11-05T06:00:00+00:00",3,"unavailable","http-500",2,3,1,"fragile"]','["2026-11-03", "\"a1\"", "Tue, 03 Nov 2026 06:00:00 GMT", 1234, "0011aabb", "Les communes"]');
INSERT INTO "links" VALUES(2,'s2','url','https://exemple.fr/2/url',4,'["confirmed","2026-11-04T06:00:00+00:00","2026-11-06T06:00:00+00:00",4,"unavailable","http-500",3,4,1,"fragile"]','["fragile","2026-11-04T06:00:00+00:00","2026-11-05T06:00:00+00:00",3,"unavailable","http-500",2,3,1,"fragile"]',NULL);
CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            scope TEXT NOT NULL,
            started_at INTEGER NOT NULL, -- microseconds since 1970, as all dates
            finished_at INTEGER,
            outcome TEXT NOT NULL,
            first_check INTEGER NOT NULL -- no check of the run has a lower id
        );
INSERT INTO "runs" VALUES(1,'all',1793685600000000,1793685600000000,'finished',1);
INSERT INTO "runs" VALUES(2,'all',1793772000000000,1793772000000000,'finished',3);
INSERT INTO "runs" VALUES(3,'all',1793858400000000,1793858400000000,'finished',5);
INSERT INTO "runs" VALUES(4,'all',1793944800000000,1793944800000000,'finished',7);
CREATE INDEX checks_of_link ON checks (link);
COMMIT;
