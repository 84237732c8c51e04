using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lyra.Bench.Suite.Results;

/// <summary>Results as JSON. Readers compute ratios from the times; the minima and medians are for people.</summary>
internal static class BenchJson
{
    private static readonly JsonSerializerOptions Indented = Options(isIndented: true);
    private static readonly JsonSerializerOptions Line = Options(isIndented: false);

    public static void Write(BenchResult result, Stream file) => JsonSerializer.Serialize(file, result, Indented);

    /// <summary>The result in one line, without a line end.</summary>
    public static string ToLine(BenchResult result) => JsonSerializer.Serialize(result, Line);

    /// <summary>Reads a result.</summary>
    /// <exception cref="FormatException">The text is not a result.</exception>
    public static BenchResult Read(string text)
    {
        try
        {
            BenchResult? result = JsonSerializer.Deserialize<BenchResult>(text, Indented);
            return result?.Rows is null || result.Machine is null || result.CalibrationSeconds <= 0
                ? throw new FormatException("it is no result of lyra bench")
                : result;
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is no result of lyra bench: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions Options(bool isIndented) => new()
    {
        WriteIndented = isIndented,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
