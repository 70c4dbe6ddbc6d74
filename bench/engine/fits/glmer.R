# Rscript glmer.R ROWS.csv: a binomial model by lme4's defaults, and print JSON.
suppressMessages(library(lme4))
rows <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = TRUE)
took <- system.time(made <- suppressWarnings(suppressMessages(glmer(
  passed ~ gender + origin + education + (1 | municipality) + (1 | school),
  rows, binomial))))
cat(sprintf('\n{"fit": %.9f, "deviance": %.9f, "version": "%s"}\n',
  took[["elapsed"]], -2 * as.numeric(logLik(made)), packageVersion("lme4")))
