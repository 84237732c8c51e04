using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Shouldly;

namespace Lyra.Tests.Harness;

/// <summary>
/// The <c>lyra</c> command in a terminal of its own: tmux provides the pseudo-terminal, interprets the control codes, and shows the screen
/// as text.
/// </summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>Generous, because the machine of the tests may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _socket = $"lyra-test-{Guid.NewGuid():N}";
    private readonly string _folder;

    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Environment variables of the command.</param>
    /// <param name="arguments">Its arguments.</param>
    public Terminal(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        _folder = folder;

        // The shell survives Ctrl+C, shows the exit code and keeps the screen until the terminal is closed.
        const string script = "trap : INT; env \"$@\"; echo \"exit code $?\"; sleep 1000";
        string[] command = [.. variables.Select(static v => $"{v.Key}={v.Value}"), LyraCommand.Host, LyraCommand.Library, .. arguments];
        Tmux(["-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", "sh", "-c", script, "sh", .. command]);
    }

    /// <summary>The lines of the screen down to the last one that is not blank.</summary>
    public string Screen => Tmux("capture-pane", "-p").TrimEnd();

    /// <summary>The screen with the control codes of its colours.</summary>
    public string ColoredScreen => Tmux("capture-pane", "-p", "-e").TrimEnd();

    /// <summary>Types text.</summary>
    public void Type(string text) => Tmux("send-keys", "-l", text);

    /// <summary>Presses keys by their names in tmux, such as <c>Enter</c>, <c>Up</c> and <c>C-c</c>.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", .. keys]);

    /// <summary>Types a line.</summary>
    public void Enter(string text)
    {
        Type(text);
        Press("Enter");
    }

    /// <summary>Pastes text, which arrives at once.</summary>
    public void Paste(string text)
    {
        Tmux("set-buffer", text);
        Tmux("paste-buffer");
    }

    /// <summary>
    /// Types a line when the program reads, that is, when the terminal does not echo. Before, the terminal would show the text, and the
    /// program would show it again.
    /// </summary>
    public void EnterWhenRead(string text)
    {
        long start = Stopwatch.GetTimestamp();
        string tty = Tmux("display-message", "-p", "#{pane_tty}").Trim();
        while (!SettingsOf(tty).Contains(" -echo ", StringComparison.Ordinal)
            && Stopwatch.GetElapsedTime(start) < Patience)
        {
            Thread.Sleep(Pause);
        }

        Enter(text);
    }

    /// <summary>Waits until the screen ends with some lines.</summary>
    public void ShouldEndWith(params string[] lines) => ShouldBecome(screen => EndsWith(screen, lines), string.Join('\n', lines));

    /// <summary>Waits until the screen contains a text.</summary>
    public void ShouldContain(string text) => ShouldBecome(screen => screen.Contains(text, StringComparison.Ordinal), text);

    public void Dispose() => Run("kill-server");

    private static bool EndsWith(string screen, string[] lines)
    {
        string[] shown = [.. screen.Split('\n').Select(static line => line.TrimEnd())];
        return shown.TakeLast(lines.Length).SequenceEqual(lines);
    }

    private void ShouldBecome(Func<string, bool> condition, string expected)
    {
        long start = Stopwatch.GetTimestamp();
        string screen = Screen;
        while (!condition(screen) && Stopwatch.GetElapsedTime(start) < Patience)
        {
            Thread.Sleep(Pause);
            screen = Screen;
        }

        condition(screen).ShouldBeTrue($"expected on the screen:\n{expected}\n\nthe screen:\n{screen}");
    }

    private string Tmux(params string[] arguments)
    {
        (int code, string output, string errors) = Run(arguments);
        code.ShouldBe(0, $"tmux {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        ProcessStartInfo info = new("tmux", ["-L", _socket, .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.Environment.Remove("TMUX");
        info.Environment.Remove("NO_COLOR");
        info.Environment["LC_ALL"] = "C.UTF-8";
        info.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Start(info);
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors);
    }

    /// <summary>The settings of a terminal.</summary>
    private static string SettingsOf(string tty)
    {
        using Process process = Start(new ProcessStartInfo("stty", ["-F", tty, "-a"]) { RedirectStandardOutput = true });
        string settings = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return settings;
    }

    private static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                "The tests of the terminal need tmux and stty; install them: apt-get install tmux coreutils.", e);
        }
    }
}
