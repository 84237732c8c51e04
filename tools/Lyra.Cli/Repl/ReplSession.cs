using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Cli.Files;
using Lyra.Cli.Output;
using Lyra.Interpreter.Diagnostics;
using Lyra.Jit.Inspection;

namespace Lyra.Cli.Repl;

/// <summary>
/// The session behind <c>lyra repl</c>: runs inputs and commands, and reports their results and errors. It does not know where inputs come
/// from.
/// </summary>
internal sealed class ReplSession : IDisposable
{
    private readonly Func<LyraEngine> _newEngine;
    private readonly ReplStreams _streams;
    private CancellationTokenSource? _run;
    private int _inputs;

    /// <param name="newEngine">Creates the engine, and that of the session after <c>:reset</c>.</param>
    /// <param name="streams">Where the session writes.</param>
    public ReplSession(Func<LyraEngine> newEngine, ReplStreams streams)
    {
        _newEngine = newEngine;
        _streams = streams;
        (Session, Inspector) = Begin();
    }

    /// <summary>The session of the present engine.</summary>
    public LyraSession Session { get; private set; }

    public LyraEngine Engine => Session.Engine;

    /// <summary>Observes the compiled code; null if the engine compiles nothing.</summary>
    public RegionInspector? Inspector { get; private set; }

    /// <summary>Measures the inputs since <c>:profile on</c>; null if they are not measured.</summary>
    public LyraProfiler? Profiler { get; set; }

    /// <summary>Whether <c>:quit</c> or the script has ended the session.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The exit code of the command: 0, or the argument that a script passed to <c>exit</c>.</summary>
    public int ExitCode { get; private set; }

    public ReplStreams Streams => _streams;

    /// <summary>The inputs and loaded files that were compiled, oldest first.</summary>
    public List<SourceText> Sources { get; } = [];

    /// <summary>Runs one complete input, which is source text or a command, and shows its result or error.</summary>
    public void Execute(string input)
    {
        if (SessionCommands.IsCommand(input))
        {
            SessionCommands.Execute(this, input.Trim());
            return;
        }

        if (TryRun(input, NextName(), out LyraValue result))
        {
            Show(result);
        }
    }

    /// <summary>The name of the next input in messages and traces.</summary>
    public string NextName() => $"<input {++_inputs}>";

    /// <summary>Runs source text; reports its error and returns false if it fails.</summary>
    public bool TryRun(string source, string name, out LyraValue result)
    {
        LyraValue value = default;
        bool isCompiled = true;
        bool isDone = TryDo(source, token =>
        {
            try
            {
                value = Session.Run(source, name, token);
            }
            catch (LyraCompileException)
            {
                isCompiled = false;
                throw;
            }
        });
        if (isCompiled)
        {
            Sources.Add(new SourceText(source, name));
        }

        result = value;
        return isDone;
    }

    /// <summary>Does work that runs script code; reports its error and returns false if it fails.</summary>
    /// <param name="source">The source text, which compile-time errors are shown in.</param>
    /// <param name="work">The work. <see cref="Interrupt"/> cancels it.</param>
    public bool TryDo(string source, Action<CancellationToken> work)
    {
        Engine.Runs.OnWarnings = warnings => ErrorReport.WriteDiagnostics(_streams.Error(), warnings, source);
        using CancellationTokenSource run = new();
        Volatile.Write(ref _run, run);
        try
        {
            work(run.Token);
            return true;
        }
        catch (LyraCompileException e)
        {
            ErrorReport.WriteDiagnostics(_streams.Error(), e.Diagnostics, source);
        }
        catch (LyraExitException e)
        {
            End(e.ExitCode);
        }
        catch (LyraCanceledException e)
        {
            _streams.Error().WriteLine(e.ScriptTrace is [var place, ..] ? $"interrupted in {ErrorReport.OneLine(place)}" : "interrupted");
        }
        catch (LyraException e)
        {
            ErrorReport.WriteUncaught(_streams.Error(), e);
        }
        finally
        {
            Volatile.Write(ref _run, null);
        }

        return false;
    }

    /// <summary>Stops the running script; does nothing if none runs. Any thread may call it.</summary>
    public void Interrupt()
    {
        try
        {
            Volatile.Read(ref _run)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run has just ended.
        }
    }

    /// <summary>Shows a result as a literal; nil shows nothing.</summary>
    public void Show(LyraValue result)
    {
        if (!result.IsNil)
        {
            TryDo(string.Empty, token => _streams.Output.WriteLine(ResultText.Cut(Engine.LiteralOf(result, token))));
        }
    }

    /// <summary>Reports something that the user of the session did wrong.</summary>
    public void Complain(UsageException error) => _streams.Error().WriteLine(error.Message);

    public void End(int exitCode)
    {
        HasEnded = true;
        ExitCode = exitCode;
    }

    /// <summary>Begins anew, without the names of the inputs up to now.</summary>
    public void Reset()
    {
        Profiler?.Dispose();
        Profiler = null;
        Engine.Dispose();
        Sources.Clear();
        (Session, Inspector) = Begin();
    }

    public void Dispose() => Engine.Dispose();

    private (LyraSession Session, RegionInspector? Inspector) Begin()
    {
        LyraEngine engine = _newEngine();
        RegionInspector? inspector = engine.Options.Jit != JitMode.Off && engine.Statistics.Jit.Available ? new RegionInspector() : null;
        if (inspector is not null)
        {
            engine.Compiler.Inspect(inspector);
        }

        return (new LyraSession(engine), inspector);
    }
}
