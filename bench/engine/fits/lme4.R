# Rscript lme4.R ROWS.f64 MODEL: fit the pupils with lme4's defaults, and print JSON.
# The file is what bench.engine.rows.plain_copy wrote: names, then a matrix of doubles.
suppressMessages(library(lme4))
said <- commandArgs(TRUE)
file <- file(said[1], "rb")
names <- strsplit(readLines(file, 1), " ")[[1]]
size <- (file.size(said[1]) - sum(nchar(names)) - length(names)) / 8
rows <- matrix(readBin(file, "double", size), ncol = length(names))
colnames(rows) <- names
rows <- as.data.frame(rows)
fixed <- paste(names[3:(length(names) - 1)], collapse = " + ")
school <- if (said[2] == "slope") "(1 + prior | school)" else "(1 | school)"
model <- as.formula(paste("score ~", fixed, "+ (1 | municipality) +", school))
took <- system.time(made <- suppressWarnings(suppressMessages(lmer(model, rows))))
cat(sprintf('\n{"fit": %.9f, "deviance": %.9f, "version": "%s"}\n',
  took[["elapsed"]], -2 * as.numeric(logLik(made)), packageVersion("lme4")))
