using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using RuleService.Model;
using RuleService.Queue;

namespace RuleService.Api;

/// <summary>The answers to requests that fail. Each has an <c>error</c> with a kind and a message, and never a stack trace.</summary>
internal static partial class ApiErrors
{
    /// <summary>What a client that has gone away would get; only the log shows it.</summary>
    private const int ClientClosedRequest = 499;

    public static IResult NotFound(string message) => Error(StatusCodes.Status404NotFound, "NotFound", message);

    public static IResult BadRequest(string message) => Error(StatusCodes.Status400BadRequest, "BadRequest", message);

    public static IResult Conflict(string message) => Error(StatusCodes.Status409Conflict, "Conflict", message);

    public static IResult Unauthorized(string message) => Error(StatusCodes.Status401Unauthorized, "Unauthorized", message);

    public static IResult Forbidden(string message) => Error(StatusCodes.Status403Forbidden, "Forbidden", message);

    public static IResult TooMany(HttpContext context, string message)
    {
        context.Response.Headers.RetryAfter = "1";
        return Error(StatusCodes.Status429TooManyRequests, "TooMany", message);
    }

    /// <summary>A source with errors: the first one, and all of them.</summary>
    public static IResult Compile(IReadOnlyList<RunError> errors) =>
        Results.Json(new { error = errors[0], errors }, Json.Options, statusCode: StatusCodes.Status422UnprocessableEntity);

    /// <summary>Answers what handlers throw, and requests for which there is no handler.</summary>
    public static void UseApiErrors(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                await AnswerAsync(context, e, app.Logger);
            }
        });
        app.UseStatusCodePages(static pages => NoHandler(pages.HttpContext).ExecuteAsync(pages.HttpContext));
    }

    private static IResult NoHandler(HttpContext context)
    {
        (HttpRequest request, int status) = (context.Request, context.Response.StatusCode);
        return Error(status, "BadRequest", status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {request.Path}; the README of the service lists the requests.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Path} has no {request.Method}; it has {context.Response.Headers.Allow}.",
            _ => $"The request is refused: {ReasonPhrases.GetReasonPhrase(status)}.",
        });
    }

    private static async Task AnswerAsync(HttpContext context, Exception exception, ILogger logger)
    {
        IResult? answer = exception switch
        {
            OperationCanceledException when context.RequestAborted.IsCancellationRequested => null,
            BadRequestException e => Error(e.Status, "BadRequest", e.Message),
            BadHttpRequestException e => Error(e.StatusCode, "BadRequest", e.Message),
            IOException when context.RequestAborted.IsCancellationRequested => null,
            QueueUnavailableException or DbException or IOException => Unavailable(context, exception, logger),
            _ => Unexpected(exception, logger),
        };
        if (answer is null)
        {
            context.Response.StatusCode = ClientClosedRequest;
        }
        else
        {
            await answer.ExecuteAsync(context);
        }
    }

    private static IResult Unavailable(HttpContext context, Exception exception, ILogger logger)
    {
        Failed(logger, "A server cannot be reached", exception);
        context.Response.Headers.RetryAfter = "1";
        return Error(
            StatusCodes.Status503ServiceUnavailable, "Unavailable", "The store or the queue of the service cannot be reached; try again.");
    }

    private static IResult Unexpected(Exception exception, ILogger logger)
    {
        Failed(logger, "A request failed", exception);
        return Error(StatusCodes.Status500InternalServerError, "ServiceError", "The service failed; its log says why.");
    }

    private static IResult Error(int status, string kind, string message) =>
        Results.Json(new { error = new RunError(kind, message) }, Json.Options, statusCode: status);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}")]
    private static partial void Failed(ILogger logger, string what, Exception exception);
}
