using System;
using Lyra.Interpreter.Profiling;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>Begins and ends the profiles of an engine: exchanges the code of what it has loaded, as soon as no script runs.</summary>
/// <param name="heap">What the scripts reach.</param>
/// <param name="modules">Loads modules.</param>
/// <param name="isRunning">Whether a script runs.</param>
internal sealed class ProfileSwitch(HeapWalk heap, ModuleTable modules, Func<bool> isRunning)
{
    /// <summary>The exchanges of code that wait for the next run; null for none.</summary>
    private Action? _beforeNextRun;

    /// <summary>Exchanges code for that of the present profile; null if nothing is measured.</summary>
    private CodeRelinker? _relinker;

    /// <summary>The profile that is being made; null for none.</summary>
    public ProfileSession? Session { get; private set; }

    /// <summary>
    /// Begins a profile. What the engine has loaded is measured from the next run on, and what it loads from now on at once.
    /// </summary>
    public void Begin(ProfileSession session)
    {
        Session = session;
        if (session.Level != ProfileLevel.None)
        {
            _relinker = new CodeRelinker(heap.VisitRoots, session);
            modules.Instrument = session.Instrument;
            Exchange(_relinker.Attach);
        }
    }

    /// <summary>Ends the profile. From the next run on, all procs have their own code again.</summary>
    public void End()
    {
        Session = null;
        modules.Instrument = null;
        if (_relinker is { } relinker)
        {
            _relinker = null;
            Exchange(relinker.Detach);
        }
    }

    /// <summary>Measures a module that scripts may not reach.</summary>
    public void Instrument(ModuleInstance module) => _relinker?.Attach(module);

    /// <summary>Exchanges the code that could not be exchanged during the last run.</summary>
    public void BeforeRun()
    {
        Action? exchange = _beforeNextRun;
        _beforeNextRun = null;
        exchange?.Invoke();
    }

    private void Exchange(Action exchange)
    {
        if (isRunning())
        {
            _beforeNextRun += exchange;
        }
        else
        {
            exchange();
        }
    }
}
