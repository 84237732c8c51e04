using System.IO;
using System.Text;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Profiles;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra profile</c>: runs a program like <c>run</c> and measures what it executes. The profile follows the program's output, or is a
/// file of its own with <c>-o</c>.
/// </summary>
internal static class ProfileCommand
{
    public static int Execute(RunRequest request, StandardStreams streams)
    {
        RunSettings settings = request.Settings;
        string source = SourceFile.Read(request.File);
        if (settings.Profile.File is { } file)
        {
            OutputFile.Require(file);
        }

        string folder = Path.GetDirectoryName(request.File) ?? string.Empty;
        using LyraEngine engine = new(settings.ToOptions(folder, request.ScriptArguments, streams));
        using LyraProfiler profiler = engine.Profile(settings.Profile.Level);
        int code = Execution.Run(engine, source, request.File, settings, streams, out _);
        if (code != ExitCodes.BadSource && settings.Profile.Level != ProfileLevel.None)
        {
            Write(request.File, profiler.Snapshot(), settings.Profile, streams);
        }

        return code;
    }

    private static void Write(string program, LyraProfile profile, ProfileSettings settings, StandardStreams streams)
    {
        if (settings.File is { } file)
        {
            OutputFile.Write(file, stream => Write(program, profile, settings.Format, stream));
            streams.Error.WriteLine($"lyra: the profile is in {file}");
            return;
        }

        if (settings.Format == ProfileFormat.Text)
        {
            streams.Output.WriteLine();
        }

        if (settings.Format == ProfileFormat.Text && StandardStreams.IsOutputTerminal)
        {
            ReportOutput.Write(ProfileReport.Of(program, profile), streams.Output, isTerminal: true);
            return;
        }

        using MemoryStream buffer = new();
        Write(program, profile, settings.Format, buffer);
        streams.Output.Write(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void Write(string program, LyraProfile profile, ProfileFormat format, Stream stream)
    {
        switch (format)
        {
            case ProfileFormat.Json:
                ProfileJson.Write(profile, stream);
                break;
            case ProfileFormat.Html:
                HtmlReportWriter.Write(ProfileReport.Of(program, profile), stream);
                break;
            case ProfileFormat.Speedscope:
                Speedscope.Write(program, profile, stream);
                break;
            default:
                using (StreamWriter text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
                {
                    new PlainReportWriter(text).Write(ProfileReport.Of(program, profile));
                }

                break;
        }
    }
}
