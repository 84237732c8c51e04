using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Storage;

namespace Lyra.Fuzz.Coverage;

/// <summary>
/// The parts of Lyra that read what somebody else has written. Each target passes an input to one of them and ignores the documented
/// exceptions. Any other exception is a crash to afl-fuzz, and so is an input that takes too long.
/// </summary>
internal static class Targets
{
    private static readonly LyraLimits Limits =
        new() { MaxSteps = 20_000, MaxMemoryBytes = 64L << 20, Timeout = TimeSpan.FromSeconds(2) };

    private static readonly LyraScript Parse = LyraScript.Compile("import json\njson.stringify(json.parse(text))");

    private static readonly LyraScript Match = LyraScript.Compile("""
        import regex
        [regex.test(pattern, text), regex.findAll(pattern, text), regex.split(pattern, text), regex.replace(pattern, text, "<$0>")]
        """);

    /// <summary>The targets by their names.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>
    {
        ["parser"] = Compile,
        ["loader"] = Load,
        ["regex"] = Search,
        ["json"] = bytes => Run(Parse, ("text", Text(bytes))),
    };

    private static void Compile(byte[] bytes)
    {
        try
        {
            LyraScript.Compile(Text(bytes), limits: Limits);
        }
        catch (Exception e) when (e is LyraCompileException or LyraLimitException)
        {
        }
    }

    /// <summary>Loads a body behind a header with its checksum, and runs what the verifier accepts.</summary>
    private static void Load(byte[] body)
    {
        LyraScript script;
        try
        {
            script = LyraScript.Load(new MemoryStream([.. ModuleWriter.Header(body), .. body]), Limits);
        }
        catch (Exception e) when (e is InvalidDataException or LyraLimitException)
        {
            return;
        }

        Run(script);
    }

    /// <summary>The first line is the pattern, the others are the text.</summary>
    private static void Search(byte[] bytes)
    {
        string input = Text(bytes);
        int end = input.IndexOf('\n', StringComparison.Ordinal);
        Run(Match, ("pattern", end < 0 ? input : input[..end]), ("text", input[(end + 1)..]));
    }

    private static void Run(LyraScript script, params ReadOnlySpan<(string Name, string Value)> globals)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, Limits = Limits, Output = TextWriter.Null });
        foreach ((string name, string value) in globals)
        {
            engine.Globals[name] = value;
        }

        try
        {
            engine.Run(script);
        }
        catch (LyraException e) when (e.Kind != "InternalError")
        {
        }
        catch (LyraCompileException)
        {
            // The script uses a name that the engine does not define.
        }
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
