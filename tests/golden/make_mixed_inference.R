# Rscript make_mixed_inference.R: intervals, comparisons and explained variance by lme4.
# Profile intervals read a spline through lme4's profile; they are good to about 1e-3 of
# their width. The data are mixed_pupils.csv and mixed_days.csv, written here.
suppressMessages({library(lme4); library(jsonlite)})
pupils <- read.csv("mixed_pupils.csv", colClasses = c(authority = "character",
  school = "character", former = "character", edu = "character"))
pupils$school <- paste(pupils$authority, pupils$school)
set.seed(20261124)
person <- sprintf("P%02d", 1:18); days <- expand.grid(day = 0:9, person = person)
level <- rnorm(18, 0, 25); slope <- rnorm(18, 0, 6) + 0.02 * level
days$time <- round(250 + 10 * days$day + level[days$person] + slope[days$person] * days$day +
  rnorm(180, 0, 25), 3)
write.csv(days, "mixed_days.csv", row.names = FALSE, quote = FALSE)
tight <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE, check.conv.singular = "ignore",
  optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12, maxeval = 1e5))
fitted_by <- function(model, data, reml) lmer(model, data, REML = reml, control = tight)
profiled <- list(
  days = list(time ~ day + (1 + day | person), days),
  days_uncorrelated = list(time ~ day + (1 + day || person), days),
  slope = list(score ~ prior + girl + (1 + prior | school), pupils),
  three = list(score ~ prior + girl + edu + (1 | authority) + (1 | school), pupils),
  three_slope = list(score ~ prior + girl + (1 | authority) + (1 + prior | school), pupils),
  crossed = list(score ~ prior + girl + (1 | school) + (1 | former), pupils),
  singular = list(weight ~ prior + (1 | school), pupils))
said <- list(data = "mixed_pupils.csv and mixed_days.csv (seed 20261124)",
  made_by = paste(R.version.string, "lme4", packageVersion("lme4")))
for (name in names(profiled)) {
  m <- fitted_by(profiled[[name]][[1]], profiled[[name]][[2]], FALSE)
  seconds <- system.time(ci <- suppressWarnings(confint(m, method = "profile", oldNames = FALSE,
    quiet = TRUE)))[["elapsed"]]
  message(name, " ", seconds, " s")
  said$profile[[name]] <- list(formula = deparse1(profiled[[name]][[1]]), parameter = rownames(ci),
    low = unname(ci[, 1]), high = unname(ci[, 2])) }
# Nakagawa & Schielzeth 2013, with Johnson's 2014 mean random-effect variance for slopes.
explained <- function(m) {
  xb <- as.numeric(model.matrix(m) %*% fixef(m))
  of_level <- function(v, g) {
    z <- model.matrix(m)[, colnames(v), drop = FALSE]
    mean(rowSums((z %*% v) * z)) }
  v <- VarCorr(m)
  random <- sum(mapply(of_level, v, names(v)))
  total <- var(xb) + random + sigma(m)^2
  list(marginal = var(xb) / total, conditional = (var(xb) + random) / total) }
for (name in names(profiled)) for (reml in c(TRUE, FALSE)) {
  m <- fitted_by(profiled[[name]][[1]], profiled[[name]][[2]], reml)
  said$explained[[paste0(name, if (reml) "_reml" else "_ml")]] <- explained(m) }
pairs <- list(
  fixed = list(score ~ prior + (1 | school), score ~ prior + girl + edu + (1 | school), FALSE),
  level = list(score ~ prior + (1 | school), score ~ prior + (1 | authority) + (1 | school), FALSE),
  slope = list(score ~ prior + (1 | school), score ~ prior + (1 + prior | school), FALSE),
  slope_reml = list(score ~ prior + (1 | school), score ~ prior + (1 + prior | school), TRUE),
  covariance = list(score ~ prior + (1 + prior || school), score ~ prior + (1 + prior | school), FALSE),
  crossed = list(score ~ prior + (1 | school) + (1 | former), score ~ prior + girl + (1 | school) + (1 | former), FALSE))
for (name in names(pairs)) {
  pair <- pairs[[name]]; reml <- pair[[3]]
  a <- fitted_by(pair[[1]], pupils, reml); b <- fitted_by(pair[[2]], pupils, reml)
  t <- anova(a, b, refit = FALSE)
  said$compare[[name]] <- list(chisq = t$Chisq[2], df = t$Df[2], p = t$`Pr(>Chisq)`[2],
    npar = t$npar, aic = t$AIC, bic = t$BIC, loglik = t$logLik) }
write(toJSON(said, digits = 17, auto_unbox = TRUE, pretty = FALSE), "mixed_inference.json")
