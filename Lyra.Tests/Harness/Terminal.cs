using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Hex1b;
using Hex1b.Automation;
using Hex1b.Theming;
using Shouldly;

namespace Lyra.Tests.Harness;

/// <summary>
/// The <c>lyra</c> command in a terminal of its own. Hex1b provides the pseudo-terminal, interprets the control codes, and shows the screen
/// as text.
/// </summary>
internal sealed class Terminal : IDisposable
{
    private const int Width = 100;
    private const int Height = 30;
    private const int Kill = 9;

    // The shell survives Ctrl+C, shows the exit code and keeps the terminal open until it is disposed.
    private const string Script = "trap : INT; \"$@\"; echo \"exit code $?\"; sleep 1000";

    /// <summary>Generous, because the machine of the tests may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // A change of the terminal's settings is no output, so nothing signals it.
    private static readonly TimeSpan SettingsPause = TimeSpan.FromMilliseconds(5);

    // These would change the colours of the command; the tests that want one of them give it.
    private static readonly string[] Removed = ["COLORTERM", "NO_COLOR"];

    private readonly Hex1bTerminalChildProcess _process;
    private readonly Hex1bTerminal _terminal;
    private readonly TerminalOutput _output = new();
    private readonly CancellationTokenSource _end = new();

    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Environment variables of the command.</param>
    /// <param name="arguments">Its arguments.</param>
    public Terminal(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        string[] command = ["-c", Script, "sh", LyraCommand.Host, LyraCommand.Library, .. arguments];
        _process = new Hex1bTerminalChildProcess(
            "/bin/sh", command, folder, Environment(variables), inheritEnvironment: false, Width, Height);
        _process.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        _terminal = Hex1bTerminal.CreateBuilder()
            .WithWorkload(_process)
            .WithHeadless()
            .WithDimensions(Width, Height)
            .AddPresentationFilter(_output)
            .Build();
        _ = _terminal.RunAsync(_end.Token);
    }

    /// <summary>The lines of the screen down to the last one that is not blank, without blanks at their ends.</summary>
    public string Screen
    {
        get
        {
            using Hex1bTerminalSnapshot snapshot = _terminal.CreateSnapshot();
            IEnumerable<string> lines = Enumerable.Range(0, Height).Select(y => snapshot.GetLine(y).TrimEnd());
            return string.Join('\n', lines).TrimEnd();
        }
    }

    /// <summary>The screen with the control codes of its colours, each where the colour changes in a line.</summary>
    public string ColoredScreen
    {
        get
        {
            using Hex1bTerminalSnapshot snapshot = _terminal.CreateSnapshot();
            return string.Join('\n', Enumerable.Range(0, Height).Select(y => ColoredLine(snapshot, y))).TrimEnd();
        }
    }

    /// <summary>Types text.</summary>
    public void Type(string text) => _terminal.SendInputAsync(Encoding.UTF8.GetBytes(text)).GetAwaiter().GetResult();

    /// <summary>
    /// Presses keys: <c>Enter</c>, <c>Up</c>, <c>C-c</c> for Ctrl+C, <c>M-Enter</c> for Alt+Enter, and others of these kinds.
    /// </summary>
    public void Press(params string[] keys)
    {
        using Hex1bTerminalSnapshot snapshot = _terminal.CreateSnapshot();
        string cursor = snapshot.ApplicationCursorKeysEnabled ? "\u001bO" : "\u001b[";
        Type(string.Concat(keys.Select(key => Code(key, cursor))));
    }

    /// <summary>Types a line.</summary>
    public void Enter(string text)
    {
        Type(text);
        Press("Enter");
    }

    /// <summary>Pastes text, which arrives at once. A terminal sends the Enter key for each line break.</summary>
    public void Paste(string text) => Type(text.Replace('\n', '\r'));

    /// <summary>
    /// Types a line when the program reads, that is, when the terminal does not echo. Before, the terminal would show the text, and the
    /// program would show it again.
    /// </summary>
    public void EnterWhenRead(string text)
    {
        long start = Stopwatch.GetTimestamp();
        while (Settings().Split(' ', ';', '\n').Contains("echo") && Stopwatch.GetElapsedTime(start) < Patience)
        {
            Thread.Sleep(SettingsPause);
        }

        Enter(text);
    }

    /// <summary>Waits until the screen ends with some lines.</summary>
    public void ShouldEndWith(params string[] lines) => ShouldBecome(screen => EndsWith(screen, lines), string.Join('\n', lines));

    /// <summary>Waits until the screen contains a text.</summary>
    public void ShouldContain(string text) => ShouldBecome(screen => screen.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until the screen shows some lines and no others.</summary>
    public void ShouldShowOnly(params string[] lines) =>
        ShouldBecome(screen => screen.Split('\n').SequenceEqual(lines), string.Join('\n', lines));

    public void Dispose()
    {
        // The shell leads the session: with it, the processes in the foreground of the terminal end.
        _process.Kill(Kill);
        _end.Cancel();
        _terminal.Dispose();
        _end.Dispose();
    }

    private static bool EndsWith(string screen, string[] lines) => screen.Split('\n').TakeLast(lines.Length).SequenceEqual(lines);

    private void ShouldBecome(Func<string, bool> condition, string expected)
    {
        string screen = "";
        bool holds = _output.WaitUntil(() => condition(screen = Screen), Patience);
        _output.Unknown.ShouldBeEmpty("control codes that the terminal does not know");
        holds.ShouldBeTrue($"expected on the screen:\n{expected}\n\nthe screen:\n{screen}");
    }

    private static Dictionary<string, string> Environment(IReadOnlyDictionary<string, string> variables)
    {
        Dictionary<string, string> all = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(static v => !Removed.Contains((string)v.Key))
            .ToDictionary(static v => (string)v.Key, static v => (string)v.Value!);
        all["TERM"] = "xterm-256color";
        all["LC_ALL"] = "C.UTF-8";
        all["DOTNET_NOLOGO"] = "1";
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        return all;
    }

    private static string Code(string key, string cursor) => key switch
    {
        "Enter" => "\r",
        "Tab" => "\t",
        "BSpace" => "\u007f",
        "DC" => "\u001b[3~",
        "Up" => cursor + "A",
        "Down" => cursor + "B",
        "Right" => cursor + "C",
        "Left" => cursor + "D",
        "End" => cursor + "F",
        "Home" => cursor + "H",
        ['C', '-', char letter] => ((char)(letter & 0x1f)).ToString(),
        ['M', '-', .. string rest] => "\u001b" + Code(rest, cursor),
        _ => throw new ArgumentException($"The key `{key}` is unknown.", nameof(key)),
    };

    private static string ColoredLine(Hex1bTerminalSnapshot snapshot, int y)
    {
        StringBuilder line = new();
        string foreground = Hex1bColor.Default.ToForegroundAnsi();
        string background = Hex1bColor.Default.ToBackgroundAnsi();
        for (int x = 0; x < Width; x++)
        {
            TerminalCell cell = snapshot.GetCell(x, y);
            Append(line, ref foreground, (cell.Foreground ?? Hex1bColor.Default).ToForegroundAnsi());
            Append(line, ref background, (cell.Background ?? Hex1bColor.Default).ToBackgroundAnsi());
            line.Append(cell.Character);
        }

        return line.ToString();
    }

    private static void Append(StringBuilder line, ref string color, string next)
    {
        line.Append(next == color ? "" : next);
        color = next;
    }

    /// <summary>The settings of the terminal, as <c>stty</c> shows them.</summary>
    private string Settings()
    {
        string tty = File.ResolveLinkTarget($"/proc/{_process.ProcessId}/fd/0", returnFinalTarget: false)!.FullName;
        using Process process = Process.Start(new ProcessStartInfo("stty", ["-F", tty, "-a"]) { RedirectStandardOutput = true })!;
        string settings = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return settings;
    }
}
