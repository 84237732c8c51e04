using System;
using System.Collections.Generic;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>An object of the host with members whose effects their IL shows, and some whose effects it does not.</summary>
public sealed class Soldier
{
    private readonly double[] _forces = [1, 2, 3];
    private Motion _motion;
    private volatile int _flag;
    private int _checked;

    public int Health { get; set; }

    public double Speed => _motion.Speed;

    public int Count => _forces.Length;

    public List<int> Kept { get; } = [];

    public Soldier? Enemy { get; set; }

    public Entity? Owner { get; set; }

    public int Flag => _flag;

    public string Text => "text";

    public int Checked
    {
        get => _checked;
        set
        {
            if (value < 0)
            {
                throw new ArgumentException("It is negative.", nameof(value));
            }

            _checked = value;
        }
    }

    public double this[int index] => _forces[index];

    public int Limit(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return Math.Min(value, Health);
    }

    public int Scaled(int factor) => Math.Abs(1.5) > 1 ? Health * factor : 0;

    public int Hurt(int points) => Health -= points;

    public void SpeedUp(double by) => _motion.Speed += by;

    public void Set(int index, double force) => _forces[index] = force;

    public void Step(int time)
    {
        _flag = time;
        _forces[0] += 0.5;
    }

    private struct Motion
    {
        public double Speed;
    }
}
