using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RuleService.Model;

namespace RuleService.Api;

/// <summary>
/// Reads bodies strictly: what the service accepts, it can store, send to a worker and give to a script later, when nobody is there to be
/// told of an error.
/// </summary>
internal static class RequestBody
{
    private const int LongestNumber = 400;

    /// <summary>A text in UTF-8.</summary>
    /// <exception cref="BadRequestException">It is none.</exception>
    public static async Task<string> ReadTextAsync(HttpRequest request, CancellationToken token) =>
        Encoding.UTF8.GetString(await ReadBytesAsync(request, token));

    /// <summary>JSON that can be the input of a script.</summary>
    /// <exception cref="BadRequestException">It is none.</exception>
    public static async Task<JsonElement> ReadJsonAsync(HttpRequest request, CancellationToken token)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadRequestException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The content type is {request.ContentType ?? "missing"}; send 'content-type: application/json'.");
        }

        byte[] bytes = await ReadBytesAsync(request, token);
        if (bytes.Length == 0)
        {
            throw BadBody("The request has no body; send JSON.");
        }

        try
        {
            CheckTokens(bytes);
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Json.MostValueDepth, AllowDuplicateProperties = false })
                .RootElement;
        }
        catch (JsonException e)
        {
            throw BadBody($"The body is not the expected JSON: {e.Message}");
        }
    }

    /// <summary>JSON with the members of a type, and no others.</summary>
    /// <exception cref="BadRequestException">It is none.</exception>
    public static async Task<T> ReadJsonAsync<T>(HttpRequest request, CancellationToken token)
        where T : class
    {
        JsonElement json = await ReadJsonAsync(request, token);
        try
        {
            return json.Deserialize<T>(Json.Options) ?? throw BadBody("The body is null; send an object.");
        }
        catch (JsonException e)
        {
            throw BadBody($"The body is not the expected JSON: {e.Message}");
        }
    }

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken token)
    {
        CheckEncoding(request);
        ReadResult all;
        while (!(all = await request.BodyReader.ReadAsync(token)).IsCompleted)
        {
            request.BodyReader.AdvanceTo(all.Buffer.Start, all.Buffer.End);
        }

        byte[] bytes = all.Buffer.ToArray();
        request.BodyReader.AdvanceTo(all.Buffer.End);
        if (!Utf8.IsValid(bytes))
        {
            throw BadBody("The body is not valid UTF-8; send text in UTF-8.");
        }

        return bytes;
    }

    private static void CheckEncoding(HttpRequest request)
    {
        string? charset = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? type.Charset.Value : null;
        if (charset is not null && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadRequestException(StatusCodes.Status415UnsupportedMediaType, $"The charset is {charset}; send UTF-8.");
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw new BadRequestException(
                StatusCodes.Status415UnsupportedMediaType, $"The content encoding is {encoding}; send the body as it is.");
        }
    }

    /// <summary>Refuses what JSON can write and a script cannot hold: halves of characters, and numbers beyond all bounds.</summary>
    private static void CheckTokens(byte[] bytes)
    {
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = Json.MostValueDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                CheckEscapes(in reader);
            }
            else if (reader.TokenType == JsonTokenType.Number
                && (reader.ValueSpan.Length > LongestNumber || !double.IsFinite(reader.GetDouble())))
            {
                throw BadBody($"The number at byte {reader.TokenStartIndex} of the body is out of range.");
            }
        }
    }

    private static void CheckEscapes(in Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw BadBody($"The string at byte {reader.TokenStartIndex} of the body has one half of a surrogate pair; write both or none.");
        }
    }

    private static BadRequestException BadBody(string message) => new(StatusCodes.Status400BadRequest, message);
}
