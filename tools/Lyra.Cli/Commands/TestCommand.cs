using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra test</c>: runs every proc named <c>test_*</c> in the files named <c>*_test.lyra</c>, each file in its own engine. A test fails
/// if it throws an uncaught error. A file that can't be compiled or run counts as one failure.
/// </summary>
internal static class TestCommand
{
    private const string FilePattern = "*_test.lyra";
    private const string TestPrefix = "test_";

    public static int Execute(RunSettings settings, string[] paths, StandardStreams streams)
    {
        TestTally tally = new(streams);
        foreach (string file in FindFiles(paths.Length == 0 ? ["."] : paths))
        {
            RunFile(file, settings, streams, tally);
        }

        streams.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Passed} passed, {tally.Failed} failed"));
        return tally.Failed == 0 ? ExitCodes.Done : ExitCodes.ScriptError;
    }

    private static List<string> FindFiles(string[] paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(path);
                continue;
            }

            if (!Directory.Exists(path))
            {
                throw new UsageException($"there is no file or folder {path}");
            }

            string[] found = Directory.GetFiles(path, FilePattern, SearchOption.AllDirectories);
            Array.Sort(found, StringComparer.Ordinal);
            foreach (string file in found)
            {
                files.Add(path == "." ? Path.GetRelativePath(path, file) : file);
            }
        }

        return files;
    }

    private static void RunFile(string file, RunSettings settings, StandardStreams streams, TestTally tally)
    {
        string source = SourceFile.Read(file);
        using LyraEngine engine = new(settings.ToOptions(Path.GetDirectoryName(file) ?? string.Empty, [], streams));
        int code = Execution.Run(engine, source, file, new RunSettings(), streams, out _);
        if (code != ExitCodes.Done)
        {
            tally.Fail(file);
            return;
        }

        foreach (string name in TestsOf(engine))
        {
            RunTest(engine, file, name, streams, tally);
        }

        if (settings.ShowStatistics)
        {
            StatisticsReport.Write(engine, streams.Error, StandardStreams.IsErrorTerminal);
        }
    }

    private static List<string> TestsOf(LyraEngine engine)
    {
        List<string> names = [];
        foreach (KeyValuePair<string, LyraValue> global in engine.Globals)
        {
            if (global.Key.StartsWith(TestPrefix, StringComparison.Ordinal) && global.Value.Kind == ValueKind.Proc)
            {
                names.Add(global.Key);
            }
        }

        return names;
    }

    private static void RunTest(LyraEngine engine, string file, string name, StandardStreams streams, TestTally tally)
    {
        string title = $"{file}: {name}";
        try
        {
            engine.Call(name);
            tally.Pass(title);
        }
        catch (LyraException e)
        {
            tally.Fail(title);
            ErrorReport.WriteUncaught(streams.Error, e);
        }
    }
}
