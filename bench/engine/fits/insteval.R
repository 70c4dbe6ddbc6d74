# Rscript insteval.R [InstEval.csv]: write lme4's data set, or fit it and print JSON.
suppressMessages(library(lme4))
said <- commandArgs(TRUE)
if (length(said)) {
  write.csv(InstEval[c("s", "d", "service", "y")], said[1], row.names = FALSE)
} else {
  took <- system.time(made <- lmer(y ~ service + (1 | s) + (1 | d), InstEval))
  cat(sprintf('\n{"fit": %.9f, "deviance": %.9f, "version": "%s"}\n',
    took[["elapsed"]], -2 * as.numeric(logLik(made)), packageVersion("lme4")))
}
