using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;

namespace Scoring;

/// <summary>The service: its settings, limits and addresses.</summary>
internal static class ScoringService
{
    private const string Limited = "scoring";

    /// <summary>A service that is ready to run; the model is loaded.</summary>
    /// <exception cref="ModelLoadException">There is no model to serve, or a setting is out of its range.</exception>
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, new Dictionary<string, string> { ["--model"] = $"{ScoringOptions.Section}:{nameof(ScoringOptions.Model)}" });
        ScoringOptions options = Settings(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes);
        builder.Services.AddSingleton(options).AddSingleton<ScoringMeter>().AddSingleton<ModelStore>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ModelStore>());
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddConcurrencyLimiter(Limited, limit =>
            {
                limit.PermitLimit = options.MaximumConcurrency > 0 ? options.MaximumConcurrency : 2 * Environment.ProcessorCount;
                limit.QueueLimit = options.MaximumQueue;
                limit.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
            });
            limiter.OnRejected = async (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "1";
                await Problem(StatusCodes.Status503ServiceUnavailable, "Too many requests are waiting: come again in a second.").ExecuteAsync(rejected.HttpContext);
            };
        });

        WebApplication service = builder.Build();
        // The first model is loaded before the first request is taken.
        service.Services.GetRequiredService<ModelStore>();
        // Who sends wrong rows must not fill the log with errors.
        service.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Explain,
            SuppressDiagnosticsCallback = failed => failed.Exception is BadRowException or JsonException or BadHttpRequestException,
        });
        service.UseStatusCodePages();
        service.UseRateLimiter();
        service.MapPost("/score", ScoreOne).RequireRateLimiting(Limited);
        service.MapPost("/score/batch", ScoreBatch).RequireRateLimiting(Limited);
        service.MapGet("/model", (ModelStore store) => Describe(store.Current));
        service.MapGet("/health/live", () => Results.Ok(new { status = "alive" }));
        service.MapGet("/health/ready", (ModelStore store) => store.Failure is { } failure
            ? Results.Ok(new { status = "degraded", reason = failure })
            : Results.Ok(new { status = "ready", reason = (string?)null }));
        return service;
    }

    private static ScoringOptions Settings(ConfigurationManager configuration)
    {
        ScoringOptions options;
        try
        {
            options = configuration.GetSection(ScoringOptions.Section).Get<ScoringOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new ScoringOptions();
        }
        catch (InvalidOperationException failure)
        {
            throw new ModelLoadException($"A setting cannot be read: {failure.Message}", failure);
        }

        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
            throw new ModelLoadException(string.Join(Environment.NewLine, wrong.Select(result => result.ErrorMessage)), new ValidationException());
        return options;
    }

    private static async Task<IResult> ScoreOne(HttpRequest request, ModelStore store, ScoringMeter meter, CancellationToken cancellation)
    {
        using JsonDocument body = await Read(request, cancellation);
        LoadedModel model = store.Current;
        long begin = Stopwatch.GetTimestamp();
        Verdict verdict = model.ScoreRow(body.RootElement);
        meter.Scored([verdict], model.Method, begin);
        return Results.Ok(verdict);
    }

    private static async Task<IResult> ScoreBatch(HttpRequest request, ModelStore store, ScoringOptions options, ScoringMeter meter, CancellationToken cancellation)
    {
        using JsonDocument body = await Read(request, cancellation);
        if (body.RootElement.ValueKind != JsonValueKind.Array)
            return Problem(StatusCodes.Status400BadRequest, "The body is no list: give [{...}, {...}], or one object to /score.");
        int count = body.RootElement.GetArrayLength();
        if (count > options.MaximumRows)
            return Problem(StatusCodes.Status413PayloadTooLarge, $"The request has {count} rows and may have {options.MaximumRows}: send it in parts.");
        LoadedModel model = store.Current;
        var rows = new RowTable(model.Columns, count);
        foreach (JsonElement row in body.RootElement.EnumerateArray())
            rows.Add(row);
        long begin = Stopwatch.GetTimestamp();
        IReadOnlyList<Verdict> verdicts = model.Score(rows);
        meter.Scored(verdicts, model.Method, begin);
        return Results.Ok(verdicts);
    }

    private static async Task<JsonDocument> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            throw new BadHttpRequestException($"The content type is '{request.ContentType}': send application/json.", StatusCodes.Status415UnsupportedMediaType);
        return await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
    }

    private static object Describe(LoadedModel model) => new
    {
        method = model.Method,
        threshold = model.Threshold,
        fileWritten = model.Stamp.Written,
        loadedAt = model.LoadedAt,
        columns = model.Columns.Select(column => new { name = column.Name, expected = column.Expected }),
    };

    private static IResult Problem(int status, string detail, BadRowException? row = null) => Results.Problem(detail, statusCode: status,
        extensions: row is null ? null : new Dictionary<string, object?> { ["row"] = row.Row, ["column"] = row.Column });

    // What the sender did wrong is said; what the service did wrong is logged.
    private static Task Explain(HttpContext context) => (context.Features.Get<IExceptionHandlerFeature>()?.Error switch
    {
        BadRowException row => Problem(StatusCodes.Status400BadRequest, row.Message, row),
        JsonException json => Problem(StatusCodes.Status400BadRequest, $"The body is no JSON: {json.Message}"),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem(StatusCodes.Status413PayloadTooLarge,
            $"The body is larger than {context.RequestServices.GetRequiredService<ScoringOptions>().MaximumBodyBytes} bytes: send it in parts."),
        BadHttpRequestException bad => Problem(bad.StatusCode, bad.Message),
        _ => Problem(StatusCodes.Status500InternalServerError, "The rows could not be scored; the service's log says why."),
    }).ExecuteAsync(context);
}
