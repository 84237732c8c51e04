using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Lyra.Cli.Profiles;

/// <summary>
/// Writes the samples of the stack in the file format of speedscope, which browsers show as a flame graph
/// (https://github.com/jlfwong/speedscope, "Importing from custom sources").
/// </summary>
internal static class Speedscope
{
    private const string Schema = "https://www.speedscope.app/file-format-schema.json";

    public static void Write(string program, LyraProfile profile, Stream stream)
    {
        FrameTable frames = new();
        int[] frameOfCall = [.. profile.Calls.Select(frames.IndexOf)];
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("name", program);
        json.WriteString("exporter", "lyra");
        frames.Write(json);
        json.WriteStartArray("profiles");
        WriteProfile(json, program, profile, frameOfCall);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProfile(Utf8JsonWriter json, string program, LyraProfile profile, int[] frameOfCall)
    {
        json.WriteStartObject();
        json.WriteString("type", "sampled");
        json.WriteString("name", program);
        json.WriteString("unit", "nanoseconds");
        json.WriteNumber("startValue", 0);
        json.WriteNumber("endValue", Total(profile.Samples));
        json.WriteStartArray("samples");
        foreach (ProfiledSample sample in profile.Samples)
        {
            WriteStack(json, profile, sample.Call, frameOfCall);
        }

        json.WriteEndArray();
        json.WriteStartArray("weights");
        foreach (ProfiledSample sample in profile.Samples)
        {
            json.WriteNumberValue((long)sample.Time.TotalNanoseconds);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStack(Utf8JsonWriter json, LyraProfile profile, int innermost, int[] frameOfCall)
    {
        Stack<int> outermostFirst = new();
        for (int call = innermost; call >= 0; call = profile.Calls[call].Caller)
        {
            outermostFirst.Push(frameOfCall[call]);
        }

        json.WriteStartArray();
        foreach (int frame in outermostFirst)
        {
            json.WriteNumberValue(frame);
        }

        json.WriteEndArray();
    }

    private static long Total(IReadOnlyList<ProfiledSample> samples)
    {
        long total = 0;
        foreach (ProfiledSample sample in samples)
        {
            total += (long)sample.Time.TotalNanoseconds;
        }

        return total;
    }

    /// <summary>The distinct procs, in the order in which they are needed.</summary>
    private sealed class FrameTable
    {
        private readonly Dictionary<(string Proc, string File, int Line), int> _indexes = [];

        public int IndexOf(ProfiledCall call)
        {
            (string Proc, string File, int Line) key = (call.Proc, call.File, call.Line);
            if (!_indexes.TryGetValue(key, out int index))
            {
                index = _indexes.Count;
                _indexes.Add(key, index);
            }

            return index;
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject("shared");
            json.WriteStartArray("frames");
            foreach ((string proc, string file, int line) in _indexes.Keys)
            {
                json.WriteStartObject();
                json.WriteString("name", proc);
                json.WriteString("file", file);
                if (line > 0)
                {
                    json.WriteNumber("line", line);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
