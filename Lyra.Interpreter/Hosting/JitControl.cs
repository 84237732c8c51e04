using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Hosting;

/// <summary>The compiler to machine code of an engine, as module <c>jit</c> sees it.</summary>
/// <param name="isAvailable">True if the platform can compile.</param>
internal sealed class JitControl(bool isAvailable) : IJitControl
{
    private Execution.Interpreter? _interpreter;

    public bool IsAvailable { get; } = isAvailable;

    /// <summary>True if a script has read it. Such a script may behave differently in each tier.</summary>
    public bool WasRead { get; private set; }

    public bool IsOn
    {
        get
        {
            WasRead = true;
            return IsAvailable && _interpreter is { Tiering.CompilesHotCode: true };
        }
        set
        {
            if (_interpreter is not null)
            {
                _interpreter.Tiering.CompilesHotCode = value;
            }
        }
    }

    public IReadOnlyList<Figure> Stats
    {
        get
        {
            WasRead = true;
            return ScriptFigures.Of(_interpreter is null ? new JitStatistics() : StatisticsReader.ReadJit(_interpreter));
        }
    }

    /// <summary>Connects the control with its interpreter, which is created after it.</summary>
    public void Serve(Execution.Interpreter interpreter) => _interpreter = interpreter;
}
