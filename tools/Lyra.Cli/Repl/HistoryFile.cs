using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Lyra.Cli.Repl;

/// <summary>
/// The inputs of earlier sessions, in a file with one line for each. A file that can't be read or written is no error: the session then
/// has the history of this session only.
/// </summary>
internal sealed class HistoryFile
{
    /// <summary>The environment variable that names the file; empty for none.</summary>
    public const string Variable = "LYRA_HISTORY";

    /// <summary>The most inputs kept.</summary>
    public const int MaxEntries = 1_000;

    /// <summary>The longest input kept, in characters.</summary>
    public const int MaxLength = 10_000;

    /// <summary>The largest file that is read. A larger one was not written by this class.</summary>
    private const long MaxBytes = 4L * MaxEntries * MaxLength;

    private readonly string? _path;
    private readonly List<string> _entries = [];

    /// <param name="path">The file; null for a history that is not kept.</param>
    public HistoryFile(string? path)
    {
        _path = path;
        Try(Load);
    }

    /// <summary>The inputs, oldest first.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>The file that the environment selects: by <see cref="Variable"/>, or in the user's folder for state.</summary>
    public static string? DefaultPath()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } chosen)
        {
            return chosen.Length == 0 ? null : chosen;
        }

        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "lyra", "history");
        }

        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.IsPathRooted(state) ? Path.Combine(state, "lyra", "history")
            : home.Length == 0 ? null
            : Path.Combine(home, ".local", "state", "lyra", "history");
    }

    /// <summary>Adds an input, unless it equals the last one or is too long, and appends it to the file.</summary>
    public void Add(string input)
    {
        if (string.IsNullOrWhiteSpace(input) || input.Length > MaxLength || (_entries.Count > 0 && _entries[^1] == input))
        {
            return;
        }

        _entries.Add(input);
        if (_entries.Count > MaxEntries)
        {
            _entries.RemoveAt(0);
        }

        Try(path => Append(path, [input], FileMode.Append));
    }

    private void Load(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > MaxBytes)
        {
            return;
        }

        List<string> lines = ReadLines(path, (int)file.Length);
        _entries.AddRange(lines.Select(Decode).Where(IsInput).TakeLast(MaxEntries));
        if (lines.Count > 2 * MaxEntries)
        {
            // Sessions only append, so the file is shortened from time to time. A file of its own, so that no reader sees a part of it.
            string shorter = $"{path}.{Environment.ProcessId}";
            Append(shorter, _entries, FileMode.Create);
            File.Move(shorter, path, overwrite: true);
        }
    }

    /// <summary>The lines in the first bytes of a file. A device may be endless, whatever its length.</summary>
    private static List<string> ReadLines(string path, int byteCount)
    {
        byte[] bytes = new byte[byteCount];
        using FileStream stream = File.OpenRead(path);
        int read = stream.ReadAtLeast(bytes, byteCount, throwOnEndOfStream: false);
        using StreamReader reader = new(new MemoryStream(bytes, 0, read), Encoding.UTF8);
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>A damaged line, with bytes that are no text, is not an input.</summary>
    private static bool IsInput(string input) => input.Length is > 0 and <= MaxLength
        && !input.Any(static c => c == '\uFFFD' || (char.IsControl(c) && c is not ('\n' or '\t')));

    private static void Append(string path, IEnumerable<string> inputs, FileMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            // Inputs may contain secrets.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter writer = new(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options) { NewLine = "\n" };
        foreach (string input in inputs)
        {
            writer.WriteLine(Encode(input));
        }
    }

    private static string Encode(string input) =>
        input.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Decode(string line)
    {
        StringBuilder input = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            bool isEscape = line[i] == '\\' && i + 1 < line.Length;
            input.Append(!isEscape ? line[i] : line[++i] == 'n' ? '\n' : line[i]);
        }

        return input.ToString();
    }

    private void Try(Action<string> work)
    {
        try
        {
            if (_path is not null)
            {
                work(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The history is a convenience. The session goes on without the file.
        }
    }
}
