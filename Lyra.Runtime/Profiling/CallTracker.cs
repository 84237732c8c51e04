using System.Threading;

namespace Lyra.Runtime.Profiling;

/// <summary>
/// Follows calls and returns by the blocks that a run enters: the first block of a proc is a call, and the block behind a return belongs to
/// the caller. Where frames end in another way (errors, tasks), it finds the proc among the callers again.
/// </summary>
internal sealed class CallTracker
{
    /// <summary>The number of nested calls that are told apart; deeper ones count as parts of the last of these.</summary>
    private const int MaxDepth = 1_000;

    private CallNode _current;
    private int _deeper;
    private bool _returns;

    public CallTracker() => _current = Root;

    /// <summary>The host.</summary>
    public CallNode Root { get; } = new(null, null);

    /// <summary>The innermost call. Any thread may read it.</summary>
    public CallNode Current => Volatile.Read(ref _current);

    /// <summary>Notes that a block was entered.</summary>
    public void Enter(ProbedCode code, int block)
    {
        if (_returns)
        {
            Exit();
        }

        if (block == 0)
        {
            Call(code);
        }
        else if (!ReferenceEquals(_current.Code, code) && _deeper == 0)
        {
            Find(code);
        }

        _returns = code.EndsFrame[block];
    }

    /// <summary>Notes that the innermost frame ended because of an error.</summary>
    public void Unwind()
    {
        _returns = false;
        Exit();
    }

    /// <summary>Notes that no proc is running: a run ended, or the event loop continues another task.</summary>
    public void Reset() => (_current, _deeper, _returns) = (Root, 0, false);

    private void Call(ProbedCode code)
    {
        if (_current.Depth < MaxDepth)
        {
            _current = _current.Callee(code);
        }
        else
        {
            _deeper++;
        }
    }

    private void Exit()
    {
        if (_deeper > 0)
        {
            _deeper--;
        }
        else
        {
            _current = _current.Caller ?? _current;
        }
    }

    /// <summary>Continues in a caller, or else in a generator or task that was suspended.</summary>
    private void Find(ProbedCode code)
    {
        for (CallNode? caller = _current; caller is not null; caller = caller.Caller)
        {
            if (ReferenceEquals(caller.Code, code))
            {
                _current = caller;
                return;
            }
        }

        Call(code);
    }
}
