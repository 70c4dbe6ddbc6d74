# Rscript make_crossed.R: mixed models with crossed factors by lme4, polished to its optimum.
suppressMessages({library(lme4); library(mlmRev); library(jsonlite)})
pupils <- read.csv("mixed_pupils.csv", colClasses = c(authority = "character",
  school = "character", former = "character", edu = "character"))
pupils$school <- paste(pupils$authority, pupils$school)
tight <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE,
  optCtrl = list(xtol_abs = 1e-10, ftol_abs = 1e-12, maxeval = 1e5))
models <- list(
  penicillin = list(Penicillin, diameter ~ 1 + (1 | plate) + (1 | sample)),
  students = list(InstEval, y ~ service + (1 | s) + (1 | d)),
  departments = list(InstEval, y ~ service + (1 | s) + (1 | d) + (1 | dept)),
  two_schools = list(ScotsSec, attain ~ verbal + sex + (1 | primary) + (1 | second)),
  levels_too = list(pupils, score ~ prior + girl + edu + (1 | authority) + (1 | school) + (1 | former)),
  slopes = list(pupils, score ~ prior + girl + (1 + prior | school) + (1 | former)),
  uncorrelated = list(pupils, score ~ prior + girl + (1 + prior || school) + (1 | former)),
  weighted = list(pupils, score ~ prior + girl + (1 | school) + (1 | former)),
  singular = list(pupils, score ~ prior + girl + (1 | school) + (1 + prior | former)))
# lme4 stops where the deviance is flat to its tolerance; Newton steps on it go on, with
# differences of the eighth order, good to eleven digits.
stencil <- c(1/280, -4/105, 1/5, -4/5, 0, 4/5, -1/5, 4/105, -1/280)
polished <- function(model, data, w, reml) {
  m <- lmer(model, data, weights = w, REML = reml, control = tight)
  deviance <- lmer(model, data, weights = w, REML = reml, control = tight, devFunOnly = TRUE)
  theta <- getME(m, "theta")
  diagonal <- getME(m, "lower") == 0
  zero <- diagonal & theta < 1e-4
  theta[zero] <- 0
  free <- !zero; k <- sum(free); step <- 0.02 * pmax(theta[free], 0.1)
  slope <- function(x) sapply(1:k, function(j) sum(stencil * sapply(-4:4, function(i) {
    t <- theta; t[free] <- x; t[free][j] <- x[j] + i * step[j]; deviance(t) })) / step[j])
  x <- theta[free]
  hessian <- sapply(1:k, function(j) { e <- replace(numeric(k), j, 1e-3 * step[j] / 0.02)
    (slope(x + e) - slope(x - e)) / (2 * e[j]) })
  for (i in 1:5) x <- x - solve(hessian, slope(x))
  theta[free] <- x
  parts <- lFormula(model, data, weights = w, REML = reml)
  opt <- list(par = theta, fval = deviance(theta), conv = 0, message = "")
  mkMerMod(environment(deviance), opt, parts$reTrms, fr = parts$fr) }
said <- list(made_by = paste(R.version.string, "lme4", packageVersion("lme4"), "mlmRev",
  packageVersion("mlmRev")), data = "lme4's Penicillin and InstEval, mlmRev's ScotsSec, mixed_pupils.csv")
for (name in names(models)) for (reml in c(TRUE, FALSE)) {
  data <- models[[name]][[1]]
  data$w <- if (name == "weighted") data$weight else rep(1, nrow(data))
  m <- polished(models[[name]][[2]], data, data$w, reml)
  vc <- VarCorr(m)
  effects <- ranef(m, condVar = name != "uncorrelated")
  pick <- function(g) { e <- effects[[g]]; v <- attr(e, "postVar")
    shown <- round(seq(1, nrow(e), length.out = min(12, nrow(e))))
    list(unit = rownames(e)[shown], effect = as.matrix(e[shown, , drop = FALSE]),
      se = if (is.null(v)) NULL else t(sapply(shown, function(i) sqrt(diag(as.matrix(v[, , i])))))) }
  said$models[[paste0(name, if (reml) "_reml" else "_ml")]] <- list(
    formula = deparse1(models[[name]][[2]]),
    minus2loglik = as.numeric(-2 * logLik(m)), fixed = as.list(fixef(m)),
    standard_error = as.list(sqrt(diag(as.matrix(vcov(m))))), sigma2 = sigma(m)^2,
    variances = lapply(vc, function(v) matrix(as.numeric(v), nrow(v))),
    effects = sapply(names(effects), pick, simplify = FALSE))
  cat(name, reml, getME(m, "theta"), "\n")
}
write(toJSON(said, digits = 17, auto_unbox = TRUE, pretty = FALSE), "crossed.json")
