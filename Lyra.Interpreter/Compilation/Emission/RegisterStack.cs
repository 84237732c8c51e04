namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The registers of a proc, managed as a stack: its parameters, then the locals of the open blocks, then temporaries.</summary>
internal sealed class RegisterStack(ProcLimits limits)
{
    /// <summary>No register. As a target, it means that the value is not needed.</summary>
    public const int None = -1;

    private int _parameterEnd;

    /// <summary>The first free register. Code that needs temporaries remembers this value and restores it to free them.</summary>
    public int Top { get; set; }

    /// <summary>The number of registers that the frame needs.</summary>
    public int Count { get; private set; }

    public void Clear() => Top = Count = _parameterEnd = 0;

    /// <summary>Reserves registers at the top and returns the first.</summary>
    public int Reserve(int count = 1)
    {
        int first = Top;
        Top = limits.Fit(first + count, "registers");
        if (Top > Count)
        {
            Count = Top;
        }

        return first;
    }

    /// <summary>Reserves the registers of the parameters, which are the first ones of the frame.</summary>
    public void ReserveParameters(int count)
    {
        Reserve(count);
        _parameterEnd = count;
    }

    /// <summary>
    /// True for the top register: call windows may begin there, and operands may be computed in it. Never true for a parameter, because a
    /// pass that inserts registers after the parameters would split the window.
    /// </summary>
    public bool IsScratch(int register) => register == Top - 1 && register >= _parameterEnd;
}
