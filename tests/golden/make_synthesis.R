# Golden numbers of the synthesis: `Rscript make_synthesis.R > synthesis.json`.
suppressMessages({library(metafor); library(jsonlite)})
sharp <- list(threshold = 1e-14, stepadj = 0.5, maxiter = 5000)
told <- function(name, yi, vi, mods = NULL, columns = NULL) {
  fit <- if (is.null(mods)) rma(yi, vi, method = "REML", test = "knha", control = sharp) else
    rma(yi, vi, mods = columns, method = "REML", test = "knha", control = sharp)
  said <- list(name = name, effect = yi, variance = vi, moderators = columns,
    coefficients = as.vector(coef(fit)), standard_errors = fit$se, p_values = fit$pval,
    between_variance = fit$tau2, between_standard_error = fit$se.tau2, inconsistency = fit$I2 / 100,
    q_statistic = fit$QE, q_p_value = fit$QEp, log_likelihood = as.vector(logLik(fit)))
  if (is.null(mods)) {
    said$interval <- c(fit$ci.lb, fit$ci.ub)
    drawn <- blup(fit)
    said$effects <- drawn$pred
  } else {
    at <- predict(fit, newmods = colMeans(columns) + 1)
    said$forecast_at <- colMeans(columns) + 1
    said$forecast <- c(at$pred, at$se, at$ci.lb, at$ci.ub)
  }
  said
}
bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
teachers <- dat.raudenbush1985
set.seed(20261124)
n <- 40
size <- runif(n, 10, 60); share <- runif(n)
made <- round(0.3 + 0.4 * share + rnorm(n, 0, 0.15) + rnorm(n) * 0.9 / sqrt(size), 4)
cases <- list(
  told("bcg", as.vector(bcg$yi), as.vector(bcg$vi)),
  told("bcg by latitude", as.vector(bcg$yi), as.vector(bcg$vi), TRUE, cbind(bcg$ablat)),
  told("bcg by latitude and year", as.vector(bcg$yi), as.vector(bcg$vi), TRUE, cbind(bcg$ablat, bcg$year)),
  told("teacher expectancy", teachers$yi, teachers$vi),
  told("teacher expectancy by weeks", teachers$yi, teachers$vi, TRUE, cbind(teachers$weeks)),
  told("alike", c(.2, .21, .19, .2, .205), c(.01, .02, .015, .03, .012)),
  told("forty schools", made, round(0.81 / size, 5)),
  told("forty schools by two", made, round(0.81 / size, 5), TRUE, cbind(round(share, 3), round(size)))
)
cat(toJSON(list(made_by = paste0("R ", getRversion(), ", metafor ", packageVersion("metafor"), ", metadat ", packageVersion("metadat")),
  cases = cases), digits = 15, auto_unbox = TRUE, pretty = TRUE, null = "null"))
