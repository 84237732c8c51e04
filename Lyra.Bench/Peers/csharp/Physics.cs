// a physics toy: n steps of balls in a box with pins; vectors with operators, collisions by a grid of cells, energy sums
static class Physics
{
    const double Width = 320;
    const double Height = 240;
    const double CellSize = 10;
    const double Step = 0.02;

    readonly record struct Vec(double X, double Y)
    {
        public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y);
        public static Vec operator -(Vec a, Vec b) => new(a.X - b.X, a.Y - b.Y);
        public static Vec operator *(Vec a, double factor) => new(a.X * factor, a.Y * factor);
        public double Dot(Vec other) => X * other.X + Y * other.Y;
        public double Size => Math.Sqrt(Dot(this));
    }

    static readonly Vec Gravity = new(0, -30);

    sealed class Ball(Vec position, Vec velocity, double radius)
    {
        public Vec Position { get; set; } = position;
        public Vec Velocity { get; set; } = velocity;
        public double Radius => radius;
        public double Mass => radius * radius;
        public double Energy => Mass * (0.5 * Velocity.Dot(Velocity) - Gravity.Dot(Position));
        public (int Column, int Row) Cell => ((int)Math.Floor(Position.X / CellSize), (int)Math.Floor(Position.Y / CellSize));

        public void Move()
        {
            Velocity += Gravity * Step;
            Position += Velocity * Step;
        }

        // Mirrors the velocity at a surface with this normal, if the ball moves into it; a tenth of the speed is lost.
        public void Bounce(Vec normal)
        {
            double speed = Velocity.Dot(normal);
            if (speed < 0) Velocity -= normal * (speed * 1.9);
        }
    }

    interface IObstacle
    {
        // Whether the ball has touched the obstacle.
        bool Touch(Ball ball);
    }

    sealed class Wall(Vec point, Vec normal) : IObstacle
    {
        public bool Touch(Ball ball)
        {
            double depth = ball.Radius - (ball.Position - point).Dot(normal);
            if (depth <= 0) return false;
            ball.Position += normal * depth;
            ball.Bounce(normal);
            return true;
        }
    }

    sealed class Pin(Vec center, double radius) : IObstacle
    {
        public bool Touch(Ball ball)
        {
            var between = ball.Position - center;
            double distance = between.Size;
            double depth = ball.Radius + radius - distance;
            if (depth <= 0) return false;
            var normal = between * (1 / distance);
            ball.Position += normal * depth;
            ball.Bounce(normal);
            return true;
        }
    }

    // The floor throws every ball up again.
    sealed class Trampoline(double speed) : IObstacle
    {
        public bool Touch(Ball ball)
        {
            if (ball.Position.Y > ball.Radius) return false;
            ball.Position = ball.Position with { Y = ball.Radius };
            ball.Velocity = ball.Velocity with { Y = speed };
            return true;
        }
    }

    // An elastic collision, if the two balls overlap.
    static bool Collide(Ball a, Ball b)
    {
        var between = b.Position - a.Position;
        double reach = a.Radius + b.Radius;
        if (between.Dot(between) >= reach * reach) return false;
        double distance = between.Size;
        var normal = between * (1 / distance);
        var overlap = normal * ((reach - distance) * 0.5);
        a.Position -= overlap;
        b.Position += overlap;
        double speed = (a.Velocity - b.Velocity).Dot(normal);
        if (speed > 0)
        {
            double impulse = 2 * speed / (a.Mass + b.Mass);
            a.Velocity -= normal * (impulse * b.Mass);
            b.Velocity += normal * (impulse * a.Mass);
        }
        return true;
    }

    sealed class World(List<Ball> balls, List<IObstacle> obstacles)
    {
        public List<Ball> Balls => balls;
        public int Touches { get; private set; }
        public int Collisions { get; private set; }
        public double Energy => balls.Sum(ball => ball.Energy);

        public void Advance()
        {
            foreach (var ball in balls)
            {
                ball.Move();
                foreach (var obstacle in obstacles)
                {
                    if (obstacle.Touch(ball)) Touches++;
                }
            }
            var grid = new Dictionary<(int, int), List<Ball>>();
            foreach (var ball in balls)
            {
                var (column, row) = ball.Cell;
                for (int x = column - 1; x <= column + 1; x++)
                {
                    for (int y = row - 1; y <= row + 1; y++)
                    {
                        if (!grid.TryGetValue((x, y), out var others)) continue;
                        foreach (var other in others)
                        {
                            if (Collide(other, ball)) Collisions++;
                        }
                    }
                }
                if (grid.TryGetValue((column, row), out var cell)) cell.Add(ball);
                else grid[(column, row)] = [ball];
            }
        }
    }

    static World MakeWorld(Func<int, int> random)
    {
        var balls = new List<Ball>();
        for (int i = 0; i < 120; i++)
        {
            var position = new Vec(12.0 + i % 12 * 25, 20.0 + i / 12 * 20);
            var velocity = new Vec(random(81) - 40, random(81) - 40);
            balls.Add(new Ball(position, velocity, 2 + random(4) * 0.75));
        }
        return new World(balls, [
            new Trampoline(100), new Wall(new(0, Height), new(0, -1)),
            new Wall(new(0, 0), new(1, 0)), new Wall(new(Width, 0), new(-1, 0)),
            new Pin(new(80, 60), 12), new Pin(new(160, 110), 16), new Pin(new(240, 60), 12),
        ]);
    }

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        var world = MakeWorld(Random);
        double total = 0;
        for (int i = 0; i < n; i++)
        {
            world.Advance();
            total += world.Energy / world.Balls.Count;
        }
        foreach (var ball in world.Balls) total += (ball.Position.X + ball.Position.Y) * 1000;
        return Math.Floor(total) + world.Collisions * 1000 + world.Touches;
    }
}
